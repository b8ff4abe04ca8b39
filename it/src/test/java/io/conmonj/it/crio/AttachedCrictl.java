package io.conmonj.it.crio;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A crictl that goes on. */
final class AttachedCrictl extends AttachedProgram {
  private AttachedCrictl(List<String> command) throws IOException {
    super("crictl", command, Map.of());
  }

  /** Starts it on pipes. */
  static AttachedCrictl onPipes(Crictl crictl, String... arguments) throws IOException {
    return new AttachedCrictl(crictl.command(arguments));
  }

  /** Starts it on a terminal of 33 rows and 77 columns. */
  static AttachedCrictl onTerminal(Crictl crictl, String... arguments) throws IOException {
    return new AttachedCrictl(onTerminal(crictl.command(arguments)));
  }
}
