package io.conmonj.monitor.container;

import io.conmonj.kernel.StagedFile;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Exit files and the state file that a worker was about to put in their place when it died. */
final class StagedLeftovers {
  private StagedLeftovers() {}

  /**
   * Removes them, on another thread.
   *
   * @param left what that worker was doing
   */
  static void remove(EventLoop loop, State.Monitor.Reader left, Path runtimeDirectory) {
    Set<String> directories = new LinkedHashSet<>();
    directories.add(runtimeDirectory.toString());
    for (int i = 0; i < left.getContainers().size(); i++) {
      State.Container.Reader container = left.getContainers().get(i);
      addAll(directories, Texts.of(container.getExitPaths()));
      addAll(directories, Texts.of(container.getOomExitPaths()));
    }
    for (int i = 0; i < left.getExits().size(); i++) {
      addAll(directories, Texts.of(left.getExits().get(i).getPaths()));
      addAll(directories, Texts.of(left.getExits().get(i).getOomPaths()));
    }
    var _ =
        loop.offload(
            "leftovers",
            () -> {
              directories.forEach(StagedFile::removeAbandoned);
              return null;
            });
  }

  private static void addAll(Set<String> directories, List<String> paths) {
    for (String path : paths) {
      directories.add(path.substring(0, path.lastIndexOf('/') + 1));
    }
  }
}
