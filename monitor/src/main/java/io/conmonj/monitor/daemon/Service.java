package io.conmonj.monitor.daemon;

import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.sleep.Sleeper;
import io.conmonj.monitor.upgrade.Upgradable;
import io.conmonj.monitor.upgrade.Upgrade;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;

/**
 * What the daemon runs: the pod. All methods are called on the loop thread; what one throws is
 * logged and changes nothing else.
 */
public interface Service {
  /**
   * Somebody has connected to the control socket and was found to be allowed to. The channel is
   * about to be registered with the loop; the service adds its handlers now.
   */
  void connected(Channel channel);

  /**
   * Whether nobody would miss it: nothing runs in the pod or is being made, nothing is shared with
   * it, and no session is connected. To be connected to the control socket is nothing in itself.
   */
  boolean isIdle();

  /** What it is to ask before this worker sleeps. */
  Sleeper sleeper();

  /** What another worker can go on with. */
  Upgradable upgradable();

  /**
   * From now on it may have another worker take the place of this one.
   *
   * @param doors the daemon's sockets
   */
  void standBy(Upgrade upgrade, Doors doors);

  /** Whether there are containers that have not ended: {@link #exited} will tell when they do. */
  boolean runsContainers();

  /**
   * Somebody has connected to ask for the metrics, and was found to be allowed to. As for {@link
   * #connected}.
   */
  void scraped(Channel channel);

  /** SIGHUP: closes and opens all log files, so that they can have been renamed. */
  void reopenLogs();

  /** SIGQUIT: appends a line for each container and each further process, for fault finding. */
  void dump(StringBuilder to);

  /** How much memory is held for somebody now, in bytes, inside the Java heap and outside. */
  long heldMemory();

  /** A child of the holder has ended; to be acknowledged once that is written down. */
  void exited(HeldProcess process);

  /**
   * There is no memory: ends what can be spared, which are the streaming sessions. May be called
   * more than once.
   */
  void relieve();

  /** Kills what runs, without waiting for anything; for an end that cannot be in order. */
  void kill();

  /**
   * The holder is dead: cuts off all clients, so that each sees that something has gone wrong, and
   * lets the runtime directory go.
   *
   * @return completes when nothing will be written to that directory any more; fails never
   */
  CompletableFuture<Void> cutOff();

  /**
   * The holder is dead: writes what has been read from containers, and leaves them alone.
   *
   * @return completes when it is written, or that has failed
   */
  CompletableFuture<Void> rescue();

  /**
   * Ends everything in order: sessions, containers, their exit files. Called once at most.
   *
   * @return completes when it is done; the daemon does not wait for it without limit
   */
  CompletableFuture<Void> shutDown();
}
