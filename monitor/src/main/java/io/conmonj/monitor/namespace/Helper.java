package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.ProcessGroup;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A program that was started to make namespaces, with what it says about it. Loop thread only. */
final class Helper {
  private static final int STDERR = 2;

  /** As much of its messages as goes into an error, in bytes. */
  private static final int MAX_MESSAGE = 4096;

  private final Fd messages;
  private ChildProcess process;
  private boolean toEnd;

  /** Null until it is looked for what it has left. */
  private CompletableFuture<Boolean> leftovers;

  private Helper(Fd messages) {
    this.messages = messages;
  }

  /**
   * Starts it, as leader of a process group.
   *
   * @param command looked for in the monitor's PATH
   * @param descriptors what it gets beside the standard ones, by its numbers; the caller's to close
   * @throws IOException when it cannot be started
   */
  static Helper start(
      Processes processes, ProcessKind kind, List<String> command, Map<Integer, Fd> descriptors)
      throws IOException {
    // In memory and not through a pipe: the process that stays keeps it as its standard error.
    Fd messages = MemoryFile.create("messages");
    try {
      Helper helper = new Helper(messages);
      SpawnCommand program =
          SpawnCommand.program(command.getFirst())
              .arguments(command.subList(1, command.size()))
              .ownProcessGroup()
              .descriptor(STDERR, messages);
      descriptors.forEach(program::descriptor);
      helper.process = processes.start(program, kind);
      return helper;
    } catch (IOException | RuntimeException | Error refused) {
      messages.close();
      throw refused;
    }
  }

  ChildProcess process() {
    return process;
  }

  /** Whether its end was asked for here. */
  boolean isToEnd() {
    return toEnd;
  }

  /** What it has written to its standard error, in one line. */
  String message() {
    byte[] text = new byte[MAX_MESSAGE];
    // Opened anew, because whoever writes to it has moved the position of this one.
    try (Fd start = OpenFile.forReading("/proc/self/fd/" + messages.number())) {
      int length = Math.max(0, Io.read(start, text));
      String message = new String(text, 0, length, StandardCharsets.UTF_8).strip();
      return message.isEmpty() ? "it ended without a word" : message.replace('\n', ' ');
    } catch (IOException unreadable) {
      return unreadable.getMessage();
    }
  }

  /** Kills it, and leaves what it has started alone. */
  void endAlone() {
    toEnd = true;
    process.signal(Signal.KILL);
  }

  /** Kills it and what it has started. */
  void end() {
    toEnd = true;
    process.signalGroup(Signal.KILL);
  }

  /**
   * Kills what it has started, if it was ended by somebody else; to be called when it is over, and
   * as often as wanted.
   *
   * @return completes when that is done
   */
  CompletableFuture<Boolean> leftovers(EventLoop loop) {
    if (leftovers == null) {
      int pid = process.pid();
      long ended = System.nanoTime();
      leftovers =
          toEnd
              ? CompletableFuture.completedFuture(false)
              : loop.offload("namespace-leftovers", () -> ProcessGroup.killLeftovers(pid, ended));
    }
    return leftovers;
  }

  /** Lets its messages go. */
  void close() {
    messages.close();
  }
}
