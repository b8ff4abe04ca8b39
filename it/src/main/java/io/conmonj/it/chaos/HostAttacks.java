package io.conmonj.it.chaos;

import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** What the machine, its operator and its disks do. */
final class HostAttacks {
  private static final int FEW = 64;
  private static final int AS_BEFORE = 256;

  private HostAttacks() {}

  static void rotateLog(ChaosPod pod, Random random) throws IOException {
    pod.rotations().rotate();
    Pause.upToMillis(random, 300);
  }

  static void fillDisk(ChaosPod pod, Random random) throws IOException {
    pod.disk().fill();
    try {
      Pause.upToMillis(random, 3000);
    } finally {
      pod.disk().free();
    }
  }

  static void stopMonitor(ChaosPod pod, Random random) throws IOException {
    List<Long> processes = pod.pod().process().all().stream().map(ProcessFacts::pid).toList();
    stopped(processes, random, 1500);
  }

  /** Whichever children of the monitor there are now: the runtime's, of other attackers' execs. */
  static void stopRuntime(ChaosPod pod, Random random) throws IOException {
    stopped(pod.runtimes(), random, 500);
  }

  private static void stopped(List<Long> processes, Random random, int most) throws IOException {
    try {
      for (long each : processes) {
        HostCommand.tryOn(each, "kill", "-STOP");
      }
      Pause.upToMillis(random, most);
    } finally {
      for (long each : processes) {
        HostCommand.tryOn(each, "kill", "-CONT");
      }
    }
  }

  static void fewDescriptors(ChaosPod pod, Random random) throws IOException {
    pod.limitDescriptors(FEW);
    try {
      Pause.upToMillis(random, 3000);
    } finally {
      pod.limitDescriptors(AS_BEFORE);
    }
  }

  /** With as many lines as its exit code says, and a cleanup command. */
  static void dyingContainer(ChaosPod pod, Random random) throws IOException {
    int code = 1 + random.nextInt(100);
    PodContainer container = pod.pod().container("sh", "-c", "seq 1 " + code + "; exit " + code);
    try {
      pod.exits().create(container, code);
    } catch (IOException notTold) {
      pod.exits().undecided(container);
      throw notTold;
    }
    container.start();
    Pause.upToMillis(random, 200);
  }
}
