package io.conmonj.monitor.container;

import io.conmonj.kernel.StartTime;
import io.conmonj.kernel.ThisProcess;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files in which runtimes say which process they have made in a container. Each is removed when
 * it is read, so that one of a worker before this one tells of a process that nobody has taken
 * over. Their names say which worker asked for the process, and when that worker began, in the
 * terms of {@link StartTime}: {@code exec-WORKER-BEGAN-NUMBER.pid}.
 */
final class ExecPidFiles {
  private static final String BEGIN = "exec-";

  private static final int HEX = 16;

  private final String directory;

  private final int worker;

  /** What the names of this worker's begin with; null before the first. */
  private String own;

  private long count;

  /**
   * @param directory nobody else can write to it
   * @param worker which one of the monitor's this is
   */
  ExecPidFiles(String directory, int worker) {
    this.directory = directory;
    this.worker = worker;
  }

  /** The path of another one, which no other has had. Loop thread. */
  String next() {
    if (own == null) {
      own = own();
    }
    return directory + "/" + own + ++count + ".pid";
  }

  private String own() {
    return BEGIN + worker + "-" + Long.toString(ownStart(), HEX) + "-";
  }

  /** 0 when the kernel does not say; then any process may be younger. */
  private static long ownStart() {
    try {
      return StartTime.of(ThisProcess.pid());
    } catch (IOException unknown) {
      return 0;
    }
  }

  /**
   * A process that nobody has taken over.
   *
   * @param notBefore it began then or later, in the terms of {@link StartTime}
   */
  record Stranded(int pid, long notBefore) {}

  /**
   * Takes away what workers before this one have left. Waits for the disk.
   *
   * @return the processes that they tell of, which may have ended
   */
  List<Stranded> takeOthers() {
    List<Stranded> stranded = new ArrayList<>();
    String notOthers = own();
    String[] names = new File(directory).list();
    for (int i = 0; names != null && i < names.length; i++) {
      String name = names[i].startsWith(".") ? names[i].substring(1) : names[i];
      if (!name.startsWith(BEGIN) || name.startsWith(notOthers)) {
        continue;
      }
      String path = directory + "/" + name;
      PidFile.removeUnfinished(path);
      if (names[i].equals(name)) {
        try {
          stranded.add(new Stranded(PidFile.read(path, true), notBefore(name)));
        } catch (IOException | NumberFormatException unfinished) {
          // The runtime was killed, and its process with it.
        }
      }
    }
    return stranded;
  }

  private static long notBefore(String name) {
    int from = name.indexOf('-', BEGIN.length()) + 1;
    return Long.parseLong(name, from, name.indexOf('-', from), HEX);
  }
}
