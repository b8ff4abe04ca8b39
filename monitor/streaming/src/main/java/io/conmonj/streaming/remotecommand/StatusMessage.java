package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionKind;
import java.nio.charset.StandardCharsets;

/**
 * What is written on the error stream at the end of a session. The JSON is the {@code Status} of
 * the Kubernetes API (meta/v1) in the shapes which the kubelet's library sends.
 */
final class StatusMessage {
  private static final char FIRST_PRINTABLE = ' ';
  private static final String HEX = "0123456789abcdef";

  private StatusMessage() {}

  /** The bytes to send; empty when the format has nothing to say. */
  static byte[] of(SessionKind kind, Outcome outcome, StatusFormat format) {
    String text =
        switch (format) {
          case JSON -> json(kind, outcome);
          case TEXT_ON_FAILURE -> failed(outcome) ? message(kind, outcome) : "";
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean failed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Success() -> false;
      case Outcome.Exited(int code) -> code != 0;
      case Outcome.Failed failed -> true;
    };
  }

  private static String json(SessionKind kind, Outcome outcome) {
    if (!failed(outcome)) {
      return "{\"metadata\":{},\"status\":\"Success\"}";
    }
    StringBuilder json = new StringBuilder("{\"metadata\":{},\"status\":\"Failure\",\"message\":");
    appendQuoted(json, message(kind, outcome));
    if (outcome instanceof Outcome.Exited(int code)) {
      json.append(",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[")
          .append("{\"reason\":\"ExitCode\",\"message\":\"")
          .append(code)
          .append("\"}]}}");
    } else {
      json.append(",\"reason\":\"InternalError\",\"code\":500}");
    }
    return json.toString();
  }

  private static String message(SessionKind kind, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Success() -> "";
      case Outcome.Exited(int code) ->
          "command terminated with non-zero exit code: exit code " + code;
      case Outcome.Failed(String text) ->
          "Internal error occurred: "
              + (kind == SessionKind.ATTACH
                  ? "error attaching to container: "
                  : "error executing command in container: ")
              + text;
    };
  }

  private static void appendQuoted(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (c < FIRST_PRINTABLE) {
        json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
