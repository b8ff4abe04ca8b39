package io.conmonj.streaming.server;

import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of another server, between the moment when they have been read and that from
 * which on this server has them. Used on the event loop thread only.
 */
final class MovedConnections {
  private static final Logger log = LoggerFactory.getLogger(MovedConnections.class);

  private final MovedConnection.Owner owner;
  private final List<Waiting> readable = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();

  private record Unreadable(StateReader in, Exception why) {}

  /**
   * One that could be read.
   *
   * @param length of what was written down, in bytes, which is mostly what waits
   */
  private record Waiting(MovedConnection connection, int length) {}

  MovedConnections(MovedConnection.Owner owner) {
    this.owner = owner;
  }

  /** Reads one; begins nothing. */
  void read(FrozenConnection frozen) {
    StateReader in = new StateReader(frozen.state(), frozen.descriptors());
    try {
      readable.add(new Waiting(MovedConnection.read(in, owner), frozen.state().length));
    } catch (UnreadableStateException | RuntimeException why) {
      unreadable.add(new Unreadable(in, why));
    }
  }

  /** Why some of them cannot be gone on with; empty when all can, for all that is known. */
  List<String> unreadable() {
    List<String> reasons = new ArrayList<>();
    for (Unreadable each : unreadable) {
      reasons.add(String.valueOf(each.why().getMessage()));
    }
    return reasons;
  }

  /**
   * Goes on with those that could be read, and cuts off the others. Where the least waits comes
   * first: a person who types does not wait for what others have in bulk.
   */
  void goOn(EventLoop loop) {
    for (Unreadable each : unreadable) {
      log.error("a connection of another server is cut off", each.why());
      MovedConnection.cut(each.in());
    }
    readable.sort(Comparator.comparingInt(Waiting::length));
    for (Waiting each : readable) {
      each.connection().goOn(loop, owner);
    }
  }
}
