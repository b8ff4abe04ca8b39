package io.conmonj.monitor.control;

import io.conmonj.monitor.container.ExecSyncResult;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/** Puts what a command did into the answer of either interface. */
final class ExecSyncAnswer {
  private ExecSyncAnswer() {}

  /** In the compatible interface. */
  static void compatible(IncomingCall call, ExecSyncResult result) {
    var response = call.response(Conmon.ExecSyncContainerResponse.factory);
    response.setExitCode(result.exitCode());
    response.setTimedOut(result.timedOut());
    call.setData(response.pointerToStdout(), List.of(result.stdout().retain()));
    call.setData(response.pointerToStderr(), stderrWithMark(result));
  }

  /** In our own interface, where fields say whether it is all. */
  static void own(IncomingCall call, ExecSyncResult result) {
    var response = call.response(Conmonj.ExecSyncResponse.factory);
    response.setExitCode(result.exitCode());
    response.setTimedOut(result.timedOut());
    response.setStdoutCut(result.stdoutTruncated());
    response.setStderrCut(result.stderrTruncated());
    call.setData(response.pointerToStdout(), List.of(result.stdout().retain()));
    call.setData(response.pointerToStderr(), List.of(result.stderr().retain()));
  }

  /**
   * The answer has no field that could say that it is not all; so the last line of the error output
   * does, for the person or program that reads it.
   */
  private static List<ByteBuf> stderrWithMark(ExecSyncResult result) {
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
}
