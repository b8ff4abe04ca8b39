package io.conmonj.monitor.container;

import io.conmonj.kernel.FileStatus;
import io.conmonj.schema.State;
import java.util.Optional;

/**
 * What network namespace a container was created in, without holding it: its number may be another
 * one's since.
 *
 * @param file the namespace as a file, whose number that is
 * @param at a moment when it was so, in the terms of {@link System#nanoTime}
 */
public record KnownNetwork(FileStatus file, long at) {

  static void write(Optional<KnownNetwork> from, State.Network.Builder to) {
    if (from.isPresent()) {
      to.setKnown(true);
      to.setPlace(from.get().file.place());
      to.setInode(from.get().file.inode());
      to.setAtNanos(from.get().at);
    }
  }

  /** Of the file it knows only which one it is. */
  static Optional<KnownNetwork> of(State.Network.Reader from) {
    return from.getKnown()
        ? Optional.of(
            new KnownNetwork(
                FileStatus.identity(from.getPlace(), from.getInode()), from.getAtNanos()))
        : Optional.empty();
  }
}
