package io.conmonj.it.upgrade;

import io.conmonj.it.echo.ClientProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a session's error stream has to say at its end. Used by one thread. */
final class Ending {
  private static final String KILLED =
      "command terminated with non-zero exit code: exit code " + (128 + 15);

  private static final String NOTHING = "";

  private final String expected;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Ending(String expected) {
    this.expected = expected;
  }

  /** Of a command that a SIGTERM has ended. */
  static Ending killed() {
    return new Ending(KILLED);
  }

  /** Of a session that ended as it should. */
  static Ending success(ClientProtocol protocol) {
    return new Ending(protocol.hasStatus() ? "\"status\":\"Success\"" : NOTHING);
  }

  /** Of a forwarded connection. */
  static Ending silent() {
    return new Ending(NOTHING);
  }

  /** The stream has said more. */
  void add(byte[] bytes) {
    said.writeBytes(bytes);
  }

  /** The session is over. */
  void check() throws IOException {
    String text = said.toString(StandardCharsets.UTF_8);
    if (expected.isEmpty() ? !text.isEmpty() : !text.contains(expected)) {
      throw new IOException(
          "it ended with \""
              + text
              + "\" instead of "
              + (expected.isEmpty() ? "nothing" : expected));
    }
  }
}
