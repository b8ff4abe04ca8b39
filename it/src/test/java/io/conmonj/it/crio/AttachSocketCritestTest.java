package io.conmonj.it.crio;

import java.util.stream.Stream;

/** With CRI-O's default, {@code stream_websockets = false}: all that has to do with a monitor. */
class AttachSocketCritestTest extends CritestContract {
  private static final String BASIC =
      "[k8s.io] Container runtime should support basic operations on container runtime should"
          + " support ";
  private static final String LOG =
      "[k8s.io] Container runtime should support log runtime should support ";
  private static final String MULTIPLE =
      "[k8s.io] Multiple Containers [Conformance] when running multiple containers in a pod should"
          + " support ";

  @Override
  boolean webSockets() {
    return false;
  }

  @Override
  String focus() {
    return "Streaming|Container OOM|Multiple Containers"
        + "|Container runtime should support (basic operations|log)";
  }

  @Override
  Stream<String> specs() {
    return Stream.of(streams(), basic(), logs(), multiple(), outOfMemory()).flatMap(each -> each);
  }

  // CRI-O runs the commands of exec itself then, without a monitor; where one has a terminal its
  // ttyCmd (internal/oci/oci_unix.go) may close it before it has copied what the command wrote.
  @Override
  Stream<String> unreliable() {
    return execAndAttach().filter(name -> name.contains("exec with tty=true"));
  }

  private static Stream<String> basic() {
    return Stream.of(
            "creating container",
            "preserving container attributes",
            "starting container",
            "stopping container",
            "removing created container",
            "removing running container",
            "removing stopped container",
            "execSync",
            "execSync with timeout",
            "listing container stats",
            "listing stats for started containers",
            "listing stats for started containers when filter is nil",
            "listing stats for three created containers when filter is nil.",
            "listing stats for containers filtered by labels")
        .map(name -> BASIC + name + " [Conformance]");
  }

  private static Stream<String> logs() {
    return Stream.of("starting container with log", "reopening container log")
        .map(name -> LOG + name + " [Conformance]");
  }

  private static Stream<String> multiple() {
    return Stream.of("network", "container log", "container exec").map(MULTIPLE::concat);
  }

  private static Stream<String> outOfMemory() {
    return Stream.of(
        "[k8s.io] Container OOM runtime should output OOMKilled reason should terminate with"
            + " exitCode 137 and reason OOMKilled");
  }
}
