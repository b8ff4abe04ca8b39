package io.conmonj.monitor.state;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.DescriptorStore;
import io.conmonj.monitor.holder.HeldFd;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.WakeReason;
import io.conmonj.schema.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.capnproto.MessageBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the worker before has left: its state, and its descriptors by name. Each part of the monitor
 * takes its own. Loop thread only.
 */
public final class Inheritance {
  private static final Logger LOG = LoggerFactory.getLogger(Inheritance.class);

  /** Null until it is asked for, where there is none. */
  private State.Monitor.Reader monitor;

  private boolean hasState;

  private final Map<String, Fd> descriptors;
  private final List<String> lost = new ArrayList<>();
  private final boolean crashed;

  /**
   * @param descriptors whoever takes one owns it
   */
  public Inheritance(State.Monitor.Reader monitor, Map<String, Fd> descriptors) {
    this(monitor, descriptors, false);
  }

  /**
   * The same.
   *
   * @param crashed whether the worker before has died, whatever the state says, which may be that
   *     of the one before that
   */
  public Inheritance(State.Monitor.Reader monitor, Map<String, Fd> descriptors, boolean crashed) {
    this.monitor = monitor;
    this.hasState = true;
    this.descriptors = new HashMap<>(descriptors);
    this.crashed = crashed;
  }

  private Inheritance(Map<String, Fd> descriptors, boolean crashed) {
    this.descriptors = descriptors;
    this.crashed = crashed;
  }

  /**
   * What the holder has kept: nothing for its first worker. A state that cannot be read is as good
   * as none, which is logged.
   *
   * @throws IOException when the holder does not give it
   */
  public static Inheritance of(HolderLink link) throws IOException {
    Map<String, Fd> descriptors = new HashMap<>();
    Inheritance left = new Inheritance(descriptors, link.welcome().reason() == WakeReason.CRASH);
    if (link.welcome().reason() == WakeReason.FIRST_START) {
      return left;
    }
    for (HeldFd each : link.take()) {
      descriptors.put(each.name(), each.fd());
    }
    Optional<Fd> kept = link.state();
    if (kept.isPresent()) {
      try (Fd state = kept.get()) {
        left.monitor = StateRecord.read(state);
        left.hasState = true;
      } catch (StateRefusedException refused) {
        LOG.error("the state of the worker before is of no use", refused);
        left.loses(refused.getMessage());
      }
    } else {
      left.loses("the worker before has left no state");
    }
    return left;
  }

  /** Something that was left is of no use: a worker that could leave it to another does so. */
  public void loses(String what) {
    lost.add(what);
  }

  /** What is of no use, in words for an operator; empty when nothing is. */
  public List<String> lost() {
    return lost;
  }

  /** Whether the worker before has left a state that can be read. */
  public boolean hasState() {
    return hasState;
  }

  /**
   * Whether the worker before has left all in order: nothing has been read or written since it
   * wrote the state, and this is the first to go on with it. One that died in between has cut off
   * whatever it had taken.
   */
  public boolean isHandedOver() {
    return !crashed && monitor().getSettled();
  }

  /** The state; empty fields where it had nothing to say. */
  public State.Monitor.Reader monitor() {
    if (monitor == null) {
      monitor = new MessageBuilder().initRoot(State.Monitor.factory).asReader();
    }
    return monitor;
  }

  /** Takes a descriptor; empty when none was kept under that name, or it has been taken. */
  public Optional<Fd> take(String name) {
    return Optional.ofNullable(descriptors.remove(name));
  }

  /** The names of those that have not been taken. */
  public List<String> left() {
    return new ArrayList<>(descriptors.keySet());
  }

  /** Closes what has not been taken, and has it kept no more: nobody knows what it is. */
  public void giveUp(DescriptorStore store) {
    for (Map.Entry<String, Fd> each : descriptors.entrySet()) {
      LOG.warn("descriptor {} of the worker before is of no use", each.getKey());
      each.getValue().close();
      store.withdraw(each.getKey());
    }
    descriptors.clear();
  }
}
