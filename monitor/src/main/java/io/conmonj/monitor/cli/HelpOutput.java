package io.conmonj.monitor.cli;

/** The text of {@code --help}. */
final class HelpOutput {
  private HelpOutput() {}

  static String usage() {
    return "Usage: conmonj [OPTIONS] --runtime <RUNTIME> --runtime-dir <RUNTIME_DIR>";
  }

  static String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Monitors a pod's containers and serves exec, attach and port-forward for them.\n\n");
    text.append(usage());
    text.append("\n       conmonj pause --help (makes namespaces for a pod, without a monitor)");
    text.append("\n\nOptions:\n");
    for (Flag flag : Flag.values()) {
      if (flag.help() != null) {
        describe(text, flag);
      }
    }
    return text.toString();
  }

  private static void describe(StringBuilder text, Flag flag) {
    text.append("  ");
    if (flag.shortName() == null) {
      text.append("    ");
    } else {
      text.append('-').append(flag.shortName().charValue()).append(", ");
    }
    text.append(flag.shown()).append("\n          ").append(flag.help());
    if (flag.takes() == Flag.Takes.VALUE && !flag.choices().isEmpty()) {
      text.append("\n          One of: ").append(String.join(", ", flag.choices()));
    }
    if (flag.takes() == Flag.Takes.VALUE
        && flag.byDefault() != null
        && !flag.byDefault().isBlank()) {
      text.append("\n          Default: ").append(flag.byDefault());
    }
    if (flag.variable() != null) {
      text.append("\n          Variable: ").append(flag.variable());
    }
    text.append('\n');
  }
}
