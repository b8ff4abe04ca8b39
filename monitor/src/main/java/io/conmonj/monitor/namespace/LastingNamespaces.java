package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Namespaces that outlive the process that makes them. They are there until a signal ends the
 * process that stays in them, whose number is in their pid file; another process then removes their
 * files. Loop thread only.
 */
public final class LastingNamespaces {
  /**
   * Waits for the end of the process that stays, then removes all files, unless others have been
   * made there meanwhile. Arguments: the number of that process, the pid file, the other files.
   */
  private static final String REMOVAL =
      """
      read -r _
      pid=$1 file=$2
      shift 2
      [ "$(cat "$file")" = "$pid" ] || exit 0
      for pin; do umount --lazy "$pin"; rm -f "$pin"; done
      rm -f "$file"
      """;

  private static final int STDIN = 0;

  private LastingNamespaces() {}

  /**
   * Makes them, and runs the loop until they are made or all is undone.
   *
   * @throws IOException naming the step that failed; nothing is left of them then
   */
  public static void make(EventLoop loop, Processes processes, NamespacesRequest request)
      throws IOException {
    try (Pipe quiet = Pipe.open();
        Pipe life = Pipe.open()) {
      Stayer stayer = Stayer.untilSignal(quiet.readEnd(), quiet.writeEnd(), life.writeEnd());
      NamespacesLaunch launch =
          new NamespacesLaunch(loop, processes, request, stayer, PodNamespaces.LIMIT);
      launch.start();
      CompletableFuture<NamespacesLaunch.Made> made = launch.result();
      loop.runUntil(launch.over());
      if (made.isCompletedExceptionally()) {
        throw new IOException(made.exceptionNow().getMessage(), made.exceptionNow());
      }
      made.resultNow().network().close();
      removeAfter(made.resultNow().process(), life.readEnd(), processes, request);
    }
  }

  private static void removeAfter(
      ChildProcess stays, Fd life, Processes processes, NamespacesRequest request)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c", REMOVAL, "sh"));
    arguments.add(Integer.toString(stays.pid()));
    arguments.add(request.pidFile().toString());
    for (NamespaceType type : NamespaceType.values()) {
      arguments.add(request.path(type).toString());
    }
    try {
      processes.start(
          SpawnCommand.program("sh").arguments(arguments).ownProcessGroup().descriptor(STDIN, life),
          ProcessKind.HELPER);
    } catch (IOException refused) {
      stays.signalGroup(Signal.KILL);
      new Pins(request).remove();
      throw new IOException(
          "init pause: start what removes them: " + refused.getMessage(), refused);
    }
  }
}
