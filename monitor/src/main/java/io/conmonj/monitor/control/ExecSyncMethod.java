package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.container.ExecSpec;
import io.conmonj.monitor.container.ExecSyncResult;
import io.conmonj.monitor.container.ExecSyncRun;
import io.conmonj.monitor.oci.ExecArguments;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code execSyncContainer}: runs a command to its end and answers with what it wrote. A command
 * whose caller has cancelled its call, or is gone, is killed.
 */
final class ExecSyncMethod implements RpcMethod {
  private static final Logger LOG = LoggerFactory.getLogger(ExecSyncMethod.class);

  /** Longer than any caller lives; the field has 64 bits. */
  private static final long MAX_TIMEOUT_SECONDS = Duration.ofDays(365).toSeconds();

  private final Containers containers;

  ExecSyncMethod(Containers containers) {
    this.containers = containers;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.ExecSyncContainerRequest.factory);
    String id = RequestFields.id(request.getId());
    ExecSpec spec =
        new ExecSpec(
            ExecArguments.of(RequestFields.command(request.getCommand())),
            request.getTerminal(),
            false,
            Optional.empty(),
            environment(call, request));
    ExecSyncRun run = containers.get(id).execSync(spec, timeout(request.getTimeoutSec()));
    call.onCancel(run::cancel);
    Reply.when(
        run.result().exceptionallyCompose(ExecSyncMethod::notStarted),
        call,
        result -> answer(call, id, result));
  }

  private static List<String> environment(
      IncomingCall call, Conmon.ExecSyncContainerRequest.Reader request)
      throws BadRequestException {
    return RequestFields.environment(
        Generation.of(call, Generation.EXEC_SYNC) == Generation.OLD
            ? call.request(ConmonOld.ExecSyncContainerRequest.factory).getEnvVars()
            : request.getEnvVars());
  }

  /** The field is unsigned; zero is no limit. */
  private static Duration timeout(long seconds) {
    boolean endless = Long.compareUnsigned(seconds, MAX_TIMEOUT_SECONDS) > 0;
    return Duration.ofSeconds(endless ? MAX_TIMEOUT_SECONDS : seconds);
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

  /**
   * The answer has no field that could say that it is not all; so the last line of the error output
   * does, for the person or program that reads it.
   */
  private static List<ByteBuf> stderr(ExecSyncResult result) {
    ByteBuf stderr = result.stderr().retain();
    if (!result.stdoutTruncated() && !result.stderrTruncated()) {
      return List.of(stderr);
    }
    String cut =
        "\nthe output was cut: the monitor keeps "
            + result.stdout().readableBytes()
            + " bytes of stdout and "
            + stderr.readableBytes()
            + " of stderr\n";
    return List.of(stderr, ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, cut));
  }

  private static void answer(IncomingCall call, String id, ExecSyncResult result) {
    try (result) {
      if (result.stdoutTruncated() || result.stderrTruncated()) {
        LOG.warn("output of a command in container {} was cut: it is too long to answer", id);
      }
      var response = call.response(Conmon.ExecSyncContainerResponse.factory);
      response.setExitCode(result.exitCode());
      response.setTimedOut(result.timedOut());
      call.setData(response.pointerToStdout(), List.of(result.stdout().retain()));
      call.setData(response.pointerToStderr(), stderr(result));
    }
    call.respond();
  }
}
