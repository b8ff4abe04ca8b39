package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.container.ExecSpec;
import io.conmonj.monitor.container.ExecSyncResult;
import io.conmonj.monitor.container.ExecSyncRun;
import io.conmonj.monitor.container.NoSuchContainerException;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.oci.ExecArguments;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.Completion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code execSyncContainer}, and {@code execSync} of our own interface, which can say more about
 * the command and its answer: run a command to its end and answer with what it wrote. A command
 * whose caller has cancelled its call, or is gone, is killed.
 */
final class ExecSyncMethod {
  private static final Logger LOG = LoggerFactory.getLogger(ExecSyncMethod.class);

  /** Longer than any caller lives; the fields have 64 bits. */
  private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

  private final Containers containers;

  ExecSyncMethod(Containers containers) {
    this.containers = containers;
  }

  /**
   * The call of the compatible interface, which conmon-rs has too. The environment that it carries
   * goes to the command, for which a caller means it, and as in conmon-rs to the runtime.
   */
  void compatible(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.ExecSyncContainerRequest.factory);
    List<String> environment = environment(call, request);
    run(
        call,
        RequestFields.id(request.getId()),
        spec(
            RequestFields.command(request.getCommand()),
            environment,
            request.getTerminal(),
            environment),
        timeout(request.getTimeoutSec(), Duration.ofSeconds(1)),
        ExecSyncAnswer::compatible);
  }

  /** The call of our own interface. */
  void withOptions(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmonj.ExecSyncRequest.factory);
    run(
        call,
        RequestFields.id(request.getId()),
        spec(
            RequestFields.command(request.getCommand()),
            ExecFields.environment(request.getEnv()),
            request.getTty(),
            List.of()),
        timeout(request.getTimeoutMillis(), Duration.ofMillis(1)),
        ExecSyncAnswer::own);
  }

  private static List<String> environment(
      IncomingCall call, Conmon.ExecSyncContainerRequest.Reader request)
      throws BadRequestException {
    return RequestFields.environment(
        Generation.of(call, Generation.EXEC_SYNC) == Generation.OLD
            ? call.request(ConmonOld.ExecSyncContainerRequest.factory).getEnvVars()
            : request.getEnvVars());
  }

  private static ExecSpec spec(
      List<String> command, List<String> environment, boolean terminal, List<String> ofRuntime) {
    ExecArguments arguments =
        new ExecArguments(command, environment, Optional.empty(), Optional.empty(), List.of());
    boolean noStdin = false;
    return new ExecSpec(arguments, terminal, noStdin, Optional.empty(), ofRuntime);
  }

  /** The field is unsigned; zero is no limit. */
  private static Duration timeout(long value, Duration unit) {
    boolean endless = Long.compareUnsigned(value, MAX_TIMEOUT.dividedBy(unit)) > 0;
    return endless ? MAX_TIMEOUT : unit.multipliedBy(value);
  }

  private void run(
      IncomingCall call,
      String id,
      ExecSpec spec,
      Duration timeout,
      BiConsumer<IncomingCall, ExecSyncResult> fill)
      throws IOException {
    Optional<Container> container = containers.find(id);
    ExecSyncRun run =
        container.isPresent()
            ? container.get().execSync(spec, timeout)
            : containers.foreign().execSync(id, spec, timeout);
    call.onCancel(run::cancel);
    Reply.when(
        run.result()
            .exceptionallyCompose(
                container.isPresent()
                    ? ExecSyncMethod::notStarted
                    : failure -> notStartedInForeign(id, failure)),
        call,
        id,
        result -> answer(call, id, result, fill));
  }

  /** Nobody but the runtime knows the container, and whether that or the command is missing. */
  private CompletableFuture<ExecSyncResult> notStartedInForeign(String id, Throwable failure) {
    Throwable reason = Completion.cause(failure);
    if (!(reason instanceof RuntimeFailedException)) {
      return CompletableFuture.failedFuture(failure);
    }
    return containers
        .foreign()
        .runs(id)
        .thenCompose(
            runs ->
                runs
                    ? notStarted(reason)
                    : CompletableFuture.failedFuture(
                        new NoSuchContainerException(reason.getMessage())));
  }

  /**
   * A command that the runtime could not start is a result, not a failed call: conmon-rs answers
   * so, and its clients drop their one connection, with all other calls on it, when a call fails.
   * Unlike there the reason is told, as error output.
   */
  private static CompletableFuture<ExecSyncResult> notStarted(Throwable failure) {
    Throwable reason = Completion.cause(failure);
    if (!(reason instanceof RuntimeFailedException)) {
      return CompletableFuture.failedFuture(failure);
    }
    ByteBuf text = ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, reason.getMessage() + "\n");
    boolean whole = false;
    return CompletableFuture.completedFuture(
        new ExecSyncResult(
            ExecSyncResult.NOT_STARTED, Unpooled.EMPTY_BUFFER, whole, text, whole, false));
  }

  /** Says what went wrong, and not which command it was: it may hold a secret. */
  private static void log(String id, ExecSyncResult result) {
    String end = "";
    if (result.timedOut()) {
      end = "was killed: it took longer than its timeout";
    } else if (result.exitCode() == ExecSyncResult.NOT_STARTED) {
      end = "was not run: the runtime could not start it";
    } else if (result.exitCode() == ExecSyncResult.STATUS_LOST) {
      end = "has ended, with a status that was lost";
    }
    if (!end.isEmpty()) {
      LOG.atInfo().addKeyValue(LogField.CONTAINER, id).log("a command in container {} {}", id, end);
    }
    if (result.stdoutTruncated() || result.stderrTruncated()) {
      LOG.atWarn()
          .addKeyValue(LogField.CONTAINER, id)
          .log("output of a command in container {} was cut: it is too long to answer", id);
    }
  }

  private static void answer(
      IncomingCall call,
      String id,
      ExecSyncResult result,
      BiConsumer<IncomingCall, ExecSyncResult> fill) {
    try (result) {
      log(id, result);
      fill.accept(call, result);
    }
    call.respond();
  }
}
