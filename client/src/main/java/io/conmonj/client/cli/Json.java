package io.conmonj.client.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;

/** Writes results as JSON, each object on one line. */
final class Json {
  /** Fills an object. */
  interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private Json() {}

  static String object(Fields fields) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    }
    return text.toString();
  }
}
