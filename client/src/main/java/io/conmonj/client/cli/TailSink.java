package io.conmonj.client.cli;

import io.conmonj.client.log.CriRecord;
import io.conmonj.client.log.CriSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Holds back records until it is released, and then lets the last few lines of them through. */
final class TailSink implements CriSink {
  private final CriSink target;
  private final int lines;
  private final Deque<CriRecord> held = new ArrayDeque<>();
  private int heldLines;
  private boolean released;

  /** With null for all lines, nothing is held back. */
  TailSink(CriSink target, Integer lines) {
    this.target = target;
    this.lines = lines == null ? 0 : lines;
    this.released = lines == null;
  }

  @Override
  public void record(CriRecord record) throws IOException {
    if (released) {
      target.record(record);
      return;
    }
    held.add(record);
    heldLines += record.partial() ? 0 : 1;
    while (heldLines > lines) {
      heldLines -= held.remove().partial() ? 0 : 1;
    }
  }

  void release() throws IOException {
    if (!released) {
      released = true;
      for (CriRecord record : held) {
        target.record(record);
      }
      held.clear();
      target.caughtUp();
    }
  }

  @Override
  public void malformed(String line) throws IOException {
    if (released) {
      target.malformed(line);
    }
  }

  @Override
  public void gap() throws IOException {
    target.gap();
  }

  @Override
  public void caughtUp() throws IOException {
    target.caughtUp();
  }
}
