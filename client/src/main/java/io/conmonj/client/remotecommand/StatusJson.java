package io.conmonj.client.remotecommand;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.conmonj.streaming.wire.StatusFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the {@code Status} of the Kubernetes API that ends a session, with the {@link StatusFields}
 * in it. Fields that are not known are skipped.
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
        case StatusFields.STATUS -> status = parser.getValueAsString("");
        case StatusFields.MESSAGE -> message = parser.getValueAsString("");
        case StatusFields.REASON -> reason = parser.getValueAsString("");
        case StatusFields.DETAILS -> details(parser);
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
      if (parser.nextToken() == JsonToken.START_ARRAY && field.equals(StatusFields.CAUSES)) {
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
        case StatusFields.REASON -> causeReason = parser.getValueAsString("");
        case StatusFields.MESSAGE -> causeMessage = parser.getValueAsString("");
        default -> parser.skipChildren();
      }
    }
    if (causeReason.equals(StatusFields.EXIT_CODE)) {
      exitCode = causeMessage;
    }
  }

  private ExecStatus toStatus() throws IOException {
    if (status.equals(StatusFields.SUCCESS)) {
      return new ExecStatus.Exited(0);
    }
    if (!reason.equals(StatusFields.NON_ZERO_EXIT_CODE)) {
      return new ExecStatus.Failed(message, reason);
    }
    try {
      int code = Integer.parseInt(exitCode);
      if (code >= 0 && code <= MAX_EXIT_CODE) {
        return new ExecStatus.Exited(code);
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IOException("read status: exit code '" + exitCode + "' is not 0 to 255");
  }
}
