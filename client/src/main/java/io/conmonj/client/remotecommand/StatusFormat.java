package io.conmonj.client.remotecommand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How a protocol tells the way a command ended, on its error stream. */
enum StatusFormat {
  /** A {@code metav1.Status}, also after a success: from v4 on. */
  JSON {
    @Override
    ExecStatus read(byte[] bytes) throws IOException {
      return StatusJson.read(bytes);
    }
  },

  /** Words for people after a failure, nothing after a success. */
  TEXT_ON_FAILURE {
    @Override
    ExecStatus read(byte[] bytes) {
      return bytes.length == 0
          ? new ExecStatus.Exited(0)
          : new ExecStatus.Failed(new String(bytes, StandardCharsets.UTF_8), "");
    }
  };

  /**
   * Reads all that was on the error stream.
   *
   * @throws IOException if it is not of this format
   */
  abstract ExecStatus read(byte[] bytes) throws IOException;
}
