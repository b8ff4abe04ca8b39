package io.conmonj.monitor.container;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.capnproto.StructList;

/**
 * Writes the exit files of all containers of a monitor. Where a disk has no room it tries again,
 * less and less often, until it works or the monitor ends, and once more then. Loop thread only.
 */
final class ExitRecorder {
  private final EventLoop loop;
  private final Duration limit;
  private final Keeping keeping;
  private final Set<ExitRecording> open = new LinkedHashSet<>();
  private boolean ending;

  /**
   * @param limit after which the end of a container does not wait for its files any longer
   * @param keeping is told when an exit need not be told any more
   */
  ExitRecorder(EventLoop loop, Duration limit, Keeping keeping) {
    this.loop = loop;
    this.limit = limit;
    this.keeping = keeping;
  }

  /**
   * Tells of an exit.
   *
   * @param paths absolute, where the code is told; may be none
   * @param oomPaths absolute, where it is told that memory was lacking; none if it was not
   * @return completes when it is told, or cannot be; fails when that takes longer than the limit,
   *     though it is tried further
   */
  CompletableFuture<Void> record(
      String id, List<String> paths, int exitCode, List<String> oomPaths) {
    if (paths.isEmpty() && oomPaths.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    // From the first use of the disk on nothing here takes memory, so that it is used once.
    ExitRecording recording = new ExitRecording(loop, id, paths, exitCode, oomPaths);
    var _ = recording.over().thenRun(() -> over(recording));
    open.add(recording);
    recording.start(limit, ending);
    return recording.recorded();
  }

  private void over(ExitRecording recording) {
    open.remove(recording);
    var _ = keeping.changed();
  }

  /**
   * Says what is still to be told.
   *
   * @param elsewhere whose exit somebody else sees to, should this worker die
   */
  void writeTo(State.Monitor.Builder to, Predicate<String> elsewhere) {
    List<ExitRecording> told = new ArrayList<>();
    for (ExitRecording each : open) {
      if (!elsewhere.test(each.id())) {
        told.add(each);
      }
    }
    StructList.Builder<State.Exit.Builder> list = to.initExits(told.size());
    for (int i = 0; i < told.size(); i++) {
      told.get(i).writeTo(list.get(i));
    }
  }

  /** Goes on telling what another worker has not told. */
  void restore(State.Monitor.Reader from) {
    for (int i = 0; i < from.getExits().size(); i++) {
      State.Exit.Reader exit = from.getExits().get(i);
      var _ =
          record(
              exit.getId().toString(),
              Texts.of(exit.getPaths()),
              exit.getExitCode(),
              Texts.of(exit.getOomPaths()));
    }
  }

  /** Drops what is still to be told at these paths: a new container's exit will be told there. */
  void makeWayFor(List<String> paths) {
    for (ExitRecording each : List.copyOf(open)) {
      if (each.isAtAnyOf(paths)) {
        each.cancel();
      }
    }
  }

  /** The monitor ends: everything is tried once more. Completes when that is over. */
  CompletableFuture<Void> end() {
    ending = true;
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (ExitRecording each : List.copyOf(open)) {
      each.tryOnceMore();
      ends.add(each.over());
    }
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }

  /** The exits of which not all files are written yet. */
  Collection<?> pending() {
    return List.copyOf(open);
  }
}
