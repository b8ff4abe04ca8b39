package io.conmonj.client.remotecommand;

import io.conmonj.streaming.wire.StatusFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads how a command ended from what was on its session's error stream. */
final class StatusReader {
  private StatusReader() {}

  /**
   * Reads a status.
   *
   * @param bytes all that came on the error stream
   * @throws IOException if it is not of this format
   */
  static ExecStatus read(StatusFormat format, byte[] bytes) throws IOException {
    return switch (format) {
      case JSON -> StatusJson.read(bytes);
      case TEXT_ON_FAILURE ->
          bytes.length == 0
              ? new ExecStatus.Exited(0)
              : new ExecStatus.Failed(new String(bytes, StandardCharsets.UTF_8), "");
    };
  }
}
