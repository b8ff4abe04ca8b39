package io.conmonj.monitor.state;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.DescriptorStore;
import io.conmonj.monitor.holder.WakeRule;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a part of the monitor leaves what must survive this worker: its descriptors and its state.
 * Nothing here is thrown: what is not kept is lost with this worker only, which is logged. Loop
 * thread only.
 */
public final class Keeping {
  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  /** Of a monitor that nothing survives, such as a test's. */
  public static final Keeping NONE = new Keeping(Optional.empty(), Optional.empty());

  /** Where nothing survives, nothing is waited for. */
  private static final CompletableFuture<Void> KEPT = CompletableFuture.completedFuture(null);

  private final Optional<DescriptorStore> descriptors;
  private final Optional<StateKeeper> state;

  private Keeping(Optional<DescriptorStore> descriptors, Optional<StateKeeper> state) {
    this.descriptors = descriptors;
    this.state = state;
  }

  /** With both. */
  public Keeping(DescriptorStore descriptors, StateKeeper state) {
    this(Optional.of(descriptors), Optional.of(state));
  }

  /** Has one who says what is in the state asked from now on. */
  public void owner(StateOwner owner) {
    if (state.isPresent()) {
      state.get().owner(owner);
    }
  }

  /** See {@link StateKeeper#fileOwner}. */
  public void fileOwner(StateOwner owner) {
    if (state.isPresent()) {
      state.get().fileOwner(owner);
    }
  }

  /** What the file holds by now, for the worker after this one: see {@link StateFile#mark}. */
  public long fileMark() {
    return state.isPresent() ? state.get().fileMark() : StateFile.UNKNOWN;
  }

  /**
   * Says that the state is another. There is no other way to have it written, so that whoever tells
   * somebody of what has changed, or does what is to be done once only, waits for this; it is
   * dropped where nobody would miss what has changed. See {@link StateKeeper#changed}.
   */
  public CompletableFuture<Void> changed() {
    return state.isPresent() ? state.get().changed() : KEPT;
  }

  /** See {@link DescriptorStore#deposit}. */
  public void deposit(String name, Fd fd, WakeRule rule) {
    if (descriptors.isPresent()) {
      try {
        descriptors.get().deposit(name, fd, rule);
      } catch (IOException refused) {
        LOG.error("descriptor {} would be lost with this worker", name, refused);
      }
    }
  }

  /**
   * See {@link DescriptorStore#deposit}; for what is to be given up where it cannot be kept.
   *
   * @throws IOException when it is not kept
   */
  public void depositOrFail(String name, Fd fd, WakeRule rule) throws IOException {
    if (descriptors.isPresent()) {
      descriptors.get().deposit(name, fd, rule);
    }
  }

  /** See {@link DescriptorStore#withdraw}. */
  public void withdraw(String name) {
    if (descriptors.isPresent()) {
      descriptors.get().withdraw(name);
    }
  }

  /** See {@link DescriptorStore#together}. */
  public void together(DescriptorStore.Batch batch) throws IOException {
    if (descriptors.isPresent()) {
      descriptors.get().together(batch);
    } else {
      batch.run();
    }
  }
}
