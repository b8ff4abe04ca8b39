package io.conmonj.it.kube;

import io.conmonj.it.crio.AttachedProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A kubectl that goes on: exec, attach, port-forward, logs. */
final class AttachedKubectl extends AttachedProgram {
  AttachedKubectl(List<String> command, Map<String, String> environment) throws IOException {
    super("kubectl", command, environment);
  }

  /** Gives the terminal that it is on another size. */
  void resize(int rows, int columns) throws IOException, InterruptedException {
    long inner = processes().getLast().pid();
    Process stty =
        new ProcessBuilder(
                "stty", "-F", "/proc/" + inner + "/fd/0", "rows", rows + "", "cols", columns + "")
            .inheritIO()
            .start();
    if (stty.waitFor() != 0) {
      throw new IOException("stty of process " + inner);
    }
  }
}
