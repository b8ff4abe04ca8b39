package io.conmonj.it.chaos;

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
    List<ProcessFacts> processes = pod.pod().process().all();
    for (ProcessFacts each : processes) {
      HostCommand.run("kill", "-STOP", Long.toString(each.pid()));
    }
    try {
      Pause.upToMillis(random, 1500);
    } finally {
      for (ProcessFacts each : processes) {
        HostCommand.run("kill", "-CONT", Long.toString(each.pid()));
      }
    }
  }

  /** Whichever children of the monitor there are now: the runtime's, of other attackers' execs. */
  static void stopRuntime(ChaosPod pod, Random random) throws IOException {
    List<String> runtimes = pod.runtimes();
    for (String each : runtimes) {
      signal(each, "-STOP");
    }
    try {
      Pause.upToMillis(random, 500);
    } finally {
      for (String each : runtimes) {
        signal(each, "-CONT");
      }
    }
  }

  private static void signal(String process, String signal) {
    try {
      HostCommand.run("kill", signal, process);
    } catch (IOException ended) {
      // It was quicker.
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

  /** With as many lines as its exit code says. */
  static void dyingContainer(ChaosPod pod, Random random) throws IOException {
    int code = 1 + random.nextInt(100);
    PodContainer container =
        pod.pod().container("sh", "-c", "seq 1 " + code + "; exit " + code).create();
    pod.exits().expect(container, code);
    container.start();
    Pause.upToMillis(random, 200);
  }
}
