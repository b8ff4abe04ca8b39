package io.conmonj.client.cli;

import io.conmonj.client.log.CriRecord;
import io.conmonj.client.log.CriSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Prints records, the parts of a line joined; as JSON, one object for each record. */
final class LogPrinter implements CriSink {
  private final Console console;
  private final OutputStream out;
  private final OutputStream err;
  private final boolean json;
  private final boolean timestamps;
  private boolean inOutLine;
  private boolean inErrLine;

  LogPrinter(Console console, boolean json, boolean timestamps) {
    this.console = console;
    this.out = new BufferedOutputStream(console.out());
    this.err = new BufferedOutputStream(console.err());
    this.json = json;
    this.timestamps = timestamps;
  }

  @Override
  public void record(CriRecord record) throws IOException {
    if (json) {
      out.write((asJson(record) + "\n").getBytes(StandardCharsets.UTF_8));
    } else if (record.stderr()) {
      // In the order of the log, as far as two pipes can keep it.
      out.flush();
      print(record, err, inErrLine);
      inErrLine = record.partial();
    } else {
      err.flush();
      print(record, out, inOutLine);
      inOutLine = record.partial();
    }
  }

  private void print(CriRecord record, OutputStream to, boolean inLine) throws IOException {
    if (timestamps && !inLine) {
      to.write((record.timestamp() + " ").getBytes(StandardCharsets.UTF_8));
    }
    record.writeTo(to);
  }

  private static String asJson(CriRecord record) throws IOException {
    return Json.object(
        object -> {
          object.writeStringField("time", record.timestamp());
          object.writeStringField("stream", record.stderr() ? "stderr" : "stdout");
          object.writeBooleanField("partial", record.partial());
          object.writeStringField("content", record.content());
        });
  }

  @Override
  public void malformed(String line) throws IOException {
    caughtUp();
    console.remark("warning: not a line of a CRI log: " + line);
  }

  @Override
  public void gap() throws IOException {
    caughtUp();
    console.remark(
        "warning: lines may be missing here: the log was rotated faster than it was read");
  }

  @Override
  public void caughtUp() throws IOException {
    out.flush();
    err.flush();
  }
}
