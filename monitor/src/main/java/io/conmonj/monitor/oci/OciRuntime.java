package io.conmonj.monitor.oci;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.PatientWork;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.HeldStream;
import io.conmonj.monitor.stdio.ReadBuffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs the OCI runtime, a few times at once ({@link RuntimeTurns}). Loop thread only; nothing here
 * waits.
 */
public final class OciRuntime {
  /** A container's state with annotations of the size that Kubernetes allows, in bytes. */
  private static final int MAX_PRINTED = 256 * 1024;

  private static final int FIRST_ADDITIONAL = 3;
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private final EventLoop loop;
  private final Processes processes;
  private final ReadBuffer buffer;
  private final RuntimeConfig config;
  private final RuntimeTurns turns = new RuntimeTurns();

  /** A runtime whose processes become children of the holder. */
  public OciRuntime(EventLoop loop, Processes processes, ReadBuffer buffer, RuntimeConfig config) {
    this.loop = loop;
    this.processes = processes;
    this.buffer = buffer;
    this.config = config;
  }

  /** How many of its runs there are now. */
  public int running() {
    return turns.running();
  }

  /** How many runs wait for their turn. */
  public int waiting() {
    return turns.waiting();
  }

  /** Its command lines. */
  public RuntimeCommands commands() {
    return new RuntimeCommands(config);
  }

  /**
   * Waits for a turn to run it.
   *
   * @param container in which it does something
   * @param longest after this it is not waited for any more
   */
  public RuntimeTurn turn(RuntimeUse use, String container, Duration longest) {
    RuntimeTurn turn = new RuntimeTurn(loop, this, turns, use, container);
    try {
      turn.await(longest);
    } catch (RuntimeException | Error failed) {
      turn.giveUp("not waited for");
      throw failed;
    }
    return turn;
  }

  /**
   * Has the runtime clean up.
   *
   * @param container what is removed
   * @param call makes no process
   * @return completes when the runtime has ended well; fails with its message, or when it could not
   *     be started, also not once there may be enough of what was short
   */
  public CompletableFuture<Void> cleanUp(String container, RuntimeCall call) {
    return PatientWork.begin(loop, call.deadline(), () -> cleanUpOnce(container, call));
  }

  private CompletableFuture<Void> cleanUpOnce(String container, RuntimeCall call) {
    return turn(RuntimeUse.CLEAN_UP, container, call.deadline())
        .come()
        .thenCompose(
            turn -> {
              try {
                return turn.start(call).finish();
              } catch (IOException failed) {
                return CompletableFuture.failedFuture(failed);
              }
            });
  }

  /**
   * Asks the runtime how a container is, whoever has created it.
   *
   * @param systemdCgroup as it was created
   * @param deadline after this the runtime is killed
   * @return completes with what it knows; empty when it has refused to answer, as for one that it
   *     does not know. Fails with an {@link IOException}, perhaps wrapped, when it was cut off,
   *     could not be started, or says what is no state
   */
  public CompletableFuture<Optional<ContainerStatus>> state(
      String container, boolean systemdCgroup, Duration deadline) {
    List<String> arguments = commands().state(container, systemdCgroup);
    return PatientWork.begin(loop, deadline, () -> ask("state", container, arguments, deadline))
        .thenApply(OciRuntime::parse);
  }

  private static Optional<ContainerStatus> parse(Optional<String> state) {
    try {
      return state.isPresent() ? Optional.of(ContainerStatus.parse(state.get())) : Optional.empty();
    } catch (IOException unknown) {
      throw new CompletionException(unknown);
    }
  }

  /**
   * Asks by a command that makes no process; completes with what it has printed, at most {@value
   * #MAX_PRINTED} bytes.
   */
  private CompletableFuture<Optional<String>> ask(
      String verb, String container, List<String> arguments, Duration deadline) {
    return turn(RuntimeUse.CLEAN_UP, container, deadline)
        .come()
        .thenCompose(turn -> ask(turn, verb, arguments, deadline));
  }

  private CompletableFuture<Optional<String>> ask(
      RuntimeTurn turn, String verb, List<String> arguments, Duration deadline) {
    try (Pipe out = Pipe.open()) {
      HeldStream printed = HeldStream.open(loop, Fd.adopt(out.readEnd().release()), buffer);
      try {
        RuntimeRun run =
            turn.start(
                new RuntimeCall(
                    verb,
                    arguments,
                    List.of(),
                    Optional.empty(),
                    Optional.of(out.writeEnd()),
                    List.of(),
                    deadline));
        return answer(run, printed);
      } catch (IOException | Error failed) {
        printed.close();
        throw failed;
      }
    } catch (IOException failed) {
      turn.giveUp(failed.getMessage());
      return CompletableFuture.failedFuture(failed);
    } catch (Error noMemory) {
      turn.giveUp("no memory");
      throw noMemory;
    }
  }

  private CompletableFuture<Optional<String>> answer(RuntimeRun run, HeldStream printed) {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    Drain all = new Drain(loop, RuntimeRun.MESSAGE_DRAIN, List.of(printed.reader()));
    var _ = all.done().thenRun(() -> complete(answer, printed));
    var _ =
        run.finish()
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    all.start();
                  } else if (run.refused()) {
                    answer.complete(Optional.empty());
                  } else {
                    answer.completeExceptionally(failure);
                  }
                });
    return answer.whenComplete((text, failure) -> printed.close());
  }

  // A future would keep what its callback throws to itself, and nobody would be answered.
  private static void complete(CompletableFuture<Optional<String>> answer, HeldStream printed) {
    try {
      answer.complete(Optional.of(printed.text(MAX_PRINTED)));
    } catch (RuntimeException | Error failed) {
      answer.completeExceptionally(failed);
    }
  }

  /**
   * Starts the runtime. Its standard error is a pipe made here, which the process that it makes
   * inherits: see {@link RuntimeRun#stderr}.
   *
   * @param use an exec's process may write before the runtime has ended, a created one may not
   * @param call its descriptors stay the caller's, who may close them when this returns
   * @throws IOException when it cannot be started
   */
  RuntimeRun start(RuntimeUse use, RuntimeCall call) throws IOException {
    String name = config.name() + " " + call.verb();
    try (Pipe errors = Pipe.open()) {
      SpawnCommand command =
          SpawnCommand.program(config.path())
              .arguments(call.arguments())
              .environment(call.environment())
              .ownProcessGroup()
              .descriptor(STDERR, errors.writeEnd());
      call.stdin().ifPresent(fd -> command.descriptor(STDIN, fd));
      call.stdout().ifPresent(fd -> command.descriptor(STDOUT, fd));
      int number = FIRST_ADDITIONAL;
      for (Fd fd : call.additional()) {
        command.descriptor(number++, fd);
      }
      Fd read = Fd.adopt(errors.readEnd().release());
      HeldStream stderr =
          use == RuntimeUse.EXEC
              ? HeldStream.open(loop, read, buffer)
              : HeldStream.openForMessages(loop, read, buffer);
      try {
        RuntimeRun run = new RuntimeRun(loop, name, stderr, call.deadline());
        run.begin(processes.start(command, ProcessKind.RUNTIME));
        return run;
      } catch (IOException failed) {
        stderr.close();
        throw new IOException(name + ": " + failed.getMessage(), failed);
      } catch (Error noMemory) {
        stderr.close();
        throw noMemory;
      }
    }
  }
}
