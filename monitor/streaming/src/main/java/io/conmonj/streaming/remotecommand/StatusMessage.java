package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.wire.StatusFields;
import io.conmonj.streaming.wire.StatusFormat;
import java.nio.charset.StandardCharsets;

/**
 * What is written on the error stream at the end of a session. The JSON is the {@code Status} of
 * the Kubernetes API (meta/v1) in the shapes which the kubelet's library sends.
 */
final class StatusMessage {
  private static final char FIRST_PRINTABLE = ' ';
  private static final String HEX = "0123456789abcdef";

  /** The HTTP status that stands in a Status of this reason. */
  private static final int INTERNAL_SERVER_ERROR = 500;

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
    StringBuilder json = new StringBuilder("{\"metadata\":{}");
    if (failed(outcome)) {
      appendField(json, StatusFields.STATUS, StatusFields.FAILURE);
      appendField(json, StatusFields.MESSAGE, message(kind, outcome));
      appendReason(json, outcome);
    } else {
      appendField(json, StatusFields.STATUS, StatusFields.SUCCESS);
    }
    return json.append('}').toString();
  }

  private static void appendReason(StringBuilder json, Outcome outcome) {
    if (outcome instanceof Outcome.Exited(int code)) {
      appendField(json, StatusFields.REASON, StatusFields.NON_ZERO_EXIT_CODE);
      appendName(json, StatusFields.DETAILS);
      json.append("{\"" + StatusFields.CAUSES + "\":[");
      json.append("{\"" + StatusFields.REASON + "\":\"" + StatusFields.EXIT_CODE + '"');
      appendField(json, StatusFields.MESSAGE, Integer.toString(code));
      json.append("}]}");
    } else {
      appendField(json, StatusFields.REASON, StatusFields.INTERNAL_ERROR);
      appendName(json, "code");
      json.append(INTERNAL_SERVER_ERROR);
    }
  }

  private static void appendField(StringBuilder json, String name, String value) {
    appendName(json, name);
    appendQuoted(json, value);
  }

  private static void appendName(StringBuilder json, String name) {
    json.append(",\"").append(name).append("\":");
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
