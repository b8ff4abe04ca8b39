package io.conmonj.client.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** One log file, read on from where it was left. For use by one thread. */
final class CriLogFile implements Closeable {
  private static final int BUFFER = 64 << 10;

  /** The longest line taken, in bytes; monitors split what containers write far below it. */
  private static final int MAX_LINE = 8 << 20;

  private final Path path;
  private final FileChannel channel;
  private final Object key;
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  private CriLogFile(Path path, FileChannel channel, Object key) {
    this.path = path;
    this.channel = channel;
    this.key = key;
  }

  /** Opens the file that has this path now. */
  static CriLogFile open(Path path) throws IOException {
    while (true) {
      Object before = keyOf(path);
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (before.equals(keyOf(path))) {
        return new CriLogFile(path, channel, before);
      }
      // The file was replaced meanwhile, so it is not known which of the two was opened.
      channel.close();
    }
  }

  /** Tells the file that has this path now from others. */
  static Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Tells files apart, whatever they are called. */
  Object key() {
    return key;
  }

  /**
   * Reads what is there from where it was left.
   *
   * @return whether there was anything
   */
  boolean readOn(CriSink sink) throws IOException {
    if (channel.size() < channel.position()) {
      // It was truncated in place: what is there now is new.
      channel.position(0);
      begun.reset();
    }
    boolean any = false;
    while (channel.read(buffer.clear()) > 0) {
      any = true;
      split(buffer.position(), sink);
    }
    return any;
  }

  private void split(int length, CriSink sink) throws IOException {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        begun.write(bytes, start, i - start);
        line(begun.toByteArray(), sink);
        begun.reset();
        start = i + 1;
      }
    }
    begun.write(bytes, start, length - start);
    if (begun.size() > MAX_LINE) {
      throw new IOException("read log " + path + ": a line longer than " + MAX_LINE + " bytes");
    }
  }

  /** Nothing more will be written to it: a line without an end is told as it is. */
  void finish(CriSink sink) throws IOException {
    if (begun.size() > 0) {
      line(begun.toByteArray(), sink);
      begun.reset();
    }
  }

  private static void line(byte[] line, CriSink sink) throws IOException {
    CriRecord record = CriRecord.parse(line);
    if (record != null) {
      sink.record(record);
    } else {
      sink.malformed(new String(line, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
