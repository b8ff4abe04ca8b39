package io.conmonj.client.remotecommand;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the {@code metav1.Status} that ends a session:
 *
 * <pre>{"status":"Success"}
 * {"status":"Failure","message":"…","reason":"NonZeroExitCode",
 *  "details":{"causes":[{"reason":"ExitCode","message":"3"}]}}</pre>
 *
 * <p>Fields that are not known are skipped.
 */
final class StatusJson {
  private static final int MAX_EXIT_CODE = 255;

  private String status = "";
  private String message = "";
  private String reason = "";
  private String exitCode = "";

  private StatusJson() {}

  /**
   * Reads a status.
   *
   * @throws IOException if it is not JSON, or names an exit code that is none
   */
  static ExecStatus read(byte[] json) throws IOException {
    StatusJson read = new StatusJson();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("read status: not a JSON object: " + text(json));
      }
      read.statusObject(parser);
    } catch (JacksonException e) {
      throw new IOException("read status: not JSON: " + text(json), e);
    }
    return read.toStatus();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private void statusObject(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "status" -> status = parser.getValueAsString("");
        case "message" -> message = parser.getValueAsString("");
        case "reason" -> reason = parser.getValueAsString("");
        case "details" -> details(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void details(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("causes")) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          cause(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void cause(JsonParser parser) throws IOException {
    String causeReason = "";
    String causeMessage = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "reason" -> causeReason = parser.getValueAsString("");
        case "message" -> causeMessage = parser.getValueAsString("");
        default -> parser.skipChildren();
      }
    }
    if (causeReason.equals("ExitCode")) {
      exitCode = causeMessage;
    }
  }

  private ExecStatus toStatus() throws IOException {
    if (status.equals("Success")) {
      return new ExecStatus.Exited(0);
    }
    if (!reason.equals("NonZeroExitCode")) {
      return new ExecStatus.Failed(message, reason);
    }
    try {
      int code = Integer.parseInt(exitCode);
      if (code >= 0 && code <= MAX_EXIT_CODE) {
        return new ExecStatus.Exited(code);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IOException("read status: exit code '" + exitCode + "' is not 0 to 255");
  }
}
