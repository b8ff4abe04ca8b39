package io.conmonj.monitor.upgrade;

import io.conmonj.monitor.holder.SpawnCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A distribution whose worker is to be started, as it was found and checked. How its worker is
 * started only its own launcher knows, which therefore does it: as for a monitor, but that there is
 * a holder already.
 *
 * @param directory absolute and without symbolic links, so that what is started again later is the
 *     same
 * @param launcher its program
 * @param link what it was found by: the launcher's path, of which symbolic links may lead elsewhere
 *     next time
 */
record Distribution(Path directory, Path launcher, Path link) {
  // what the launcher says to the Java VM
  private static final String NAME = "conmonj.name";
  private static final String LAUNCHER = "conmonj.launcher";
  private static final String DIRECTORY = "conmonj.directory";

  // and what it is told as one of a worker
  private static final String WORKER_LAUNCHER = "CONMONJ_WORKER_LAUNCHER=";
  private static final String WORKER_DIRECTORY = "CONMONJ_WORKER_DIRECTORY=";
  private static final String WORKER_SESSIONS = "CONMONJ_WORKER_SESSIONS=";

  /** What the command line has before the arguments of the monitor. */
  private static final String MAIN = "io.conmonj.monitor.cli.Main";

  private static final String BIN = "bin";

  /** What no worker can do without; the Java runtime is a program. */
  private static final List<String> FILES =
      List.of("lib/monitor.jar", "lib/monitor.options", "lib/native", "lib/runtime/lib/modules");

  /** Where all is that its programs load. */
  private static final List<String> TREES = List.of(BIN, "lib");

  private static final String HOLDER = "lib/holder/conmonj";

  private static final List<String> PROGRAMS =
      List.of("bin/conmonj", "lib/runtime/bin/java", HOLDER);

  /**
   * Finds one and looks at it; waits for the disk.
   *
   * @param wanted the directory; empty for that of the launcher that this monitor was started by,
   *     or of the one wanted last, wherever its path leads now
   * @throws UpgradeException when it is missing, incomplete, or could be changed by others
   */
  static Distribution find(Optional<Path> wanted) throws UpgradeException {
    String name = System.getProperty(NAME, "conmonj");
    Path link = wanted.isPresent() ? wanted.get().resolve(BIN).resolve(name) : ownLauncher();
    Path launcher = TrustedFiles.real(link);
    Path directory = launcher.getParent().getParent();
    if (directory == null) {
      throw new UpgradeException(launcher + " is in no distribution");
    }
    for (String each : PROGRAMS) {
      TrustedFiles.checkProgram(TrustedFiles.real(directory.resolve(each)));
    }
    for (String each : FILES) {
      TrustedFiles.check(TrustedFiles.real(directory.resolve(each)));
    }
    for (String each : TREES) {
      TrustedFiles.checkAllIn(TrustedFiles.real(directory.resolve(each)));
    }
    Path named = directory.resolve(BIN).resolve(name);
    return new Distribution(directory, Files.exists(named) ? named : launcher, link);
  }

  /** The program of its holder, absolute. */
  Path holder() {
    return directory.resolve(HOLDER);
  }

  private static Path ownLauncher() throws UpgradeException {
    String launcher = System.getProperty(LAUNCHER);
    if (launcher == null) {
      throw new UpgradeException("it is not known what this monitor was started by");
    }
    return Path.of(launcher);
  }

  /**
   * The command of its worker: with the arguments and the environment of this one.
   *
   * @param sessions of {@link Upgradable#sessions}
   * @throws UpgradeException when those cannot be read
   */
  SpawnCommand worker(String sessions) throws UpgradeException {
    return SpawnCommand.program(launcher.toString())
        .arguments(ownArguments())
        .environment(
            List.of(
                WORKER_LAUNCHER + link,
                WORKER_DIRECTORY + System.getProperty(DIRECTORY, "/"),
                WORKER_SESSIONS + sessions));
  }

  private static List<String> ownArguments() throws UpgradeException {
    byte[] line;
    try {
      line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    } catch (IOException unreadable) {
      throw new UpgradeException("cannot read the own command line", unreadable);
    }
    List<String> arguments = new ArrayList<>();
    boolean ours = false;
    int start = 0;
    for (int end = 0; end < line.length; end++) {
      if (line[end] == 0) {
        String argument = new String(line, start, end - start, StandardCharsets.UTF_8);
        if (ours) {
          arguments.add(argument);
        }
        ours |= argument.equals(MAIN);
        start = end + 1;
      }
    }
    return arguments;
  }
}
