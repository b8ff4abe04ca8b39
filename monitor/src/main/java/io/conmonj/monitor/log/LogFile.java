package io.conmonj.monitor.log;

import io.conmonj.kernel.AppendFile;
import io.conmonj.kernel.Errno;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.NotRegularFileException;
import io.conmonj.kernel.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * The regular file behind a path: open for appending, with its size, replaced on request or when it
 * is full. Nothing of what it holds is ever cut off but half a record, and it is replaced only
 * between records. Log-writer thread only.
 */
final class LogFile {

  /**
   * rw for the owner: logs may hold secrets, and whoever collects them is root or is given them.
   */
  private static final int MODE = 0600;

  private static final byte[] NEWLINE = {'\n'};

  private final Path path;
  private final Rotation rotation;
  private AppendFile file;
  private long size;

  /** Whether the file's last record lacks its newline: whoever wrote it was killed meanwhile. */
  private boolean torn;

  /**
   * Opens or creates the file.
   *
   * @throws IOException {@code open log file /x: ENOENT (No such file or directory)}
   */
  LogFile(Path path, Rotation rotation) throws IOException {
    this.path = path;
    this.rotation = rotation;
    use(openAtPath());
  }

  Path path() {
    return path;
  }

  /** The file system that it is on, as a number that no other has at the same time. */
  long place() {
    return file.place();
  }

  /** How many bytes it holds. */
  long size() {
    return size;
  }

  /**
   * The last bytes that it holds.
   *
   * @param length how many at most
   */
  byte[] end(int length) throws IOException {
    long from = Math.max(0, size - length);
    try {
      return file.read(from, (int) (size - from));
    } catch (KernelException e) {
      throw failed("read", e);
    }
  }

  /** Its number on that file system. */
  long inode() {
    return file.inode();
  }

  /**
   * Cuts a record off that its writer could not finish, because it was killed. What ends with
   * something else stays, and what is appended begins on a line of its own.
   *
   * @param format whose record it would be
   * @return how many bytes were cut off; 0 for none
   * @throws IOException when it could not be looked at
   */
  int cutTornRecord(RecordFormat format) throws IOException {
    if (!torn) {
      return 0;
    }
    byte[] end = end(LogWriter.BUFFER_SIZE);
    int start = end.length;
    while (start > 0 && end[start - 1] != '\n') {
      start--;
    }
    boolean whole = start > 0 || end.length == size;
    byte[] record = Arrays.copyOfRange(end, start, end.length);
    if (!whole || !format.canBegin(record)) {
      return 0;
    }
    try {
      file.truncate(size - record.length);
    } catch (KernelException appendOnly) {
      return 0; // chattr +a: it stays, as half a line
    }
    size -= record.length;
    torn = false;
    return record.length;
  }

  /**
   * How far a file was written, half a record not counted, which is cut off: this one or, where
   * another has come to be at its path, the one that was moved away.
   *
   * @param known which file, and how far it was written for certain
   * @return the size that is known where it is not to be found
   */
  long endOf(FilePosition known, RecordFormat format) throws IOException {
    if (known.isIn(this)) {
      if (size > known.size()) {
        int _ = cutTornRecord(format);
      }
      return size;
    }
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(path.toAbsolutePath().getParent())) {
      for (Path each : siblings) {
        if (isOf(known, each)) {
          LogFile moved = new LogFile(each, rotation);
          try {
            return moved.endOf(known, format);
          } finally {
            moved.close();
          }
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return known.size();
  }

  private static boolean isOf(FilePosition known, Path path) {
    try {
      return FileStatus.of(path.toString())
          .isSameFileAs(FileStatus.identity(known.place(), known.inode()));
    } catch (KernelException gone) {
      return false;
    }
  }

  private AppendFile openAtPath() throws IOException {
    try {
      return AppendFile.open(path.toString(), MODE);
    } catch (KernelException e) {
      throw failed("open", e);
    } catch (NotRegularFileException e) {
      throw new IOException("open log file " + path + ": " + e.getMessage(), e);
    }
  }

  /** Has all or nothing of what it knows be that of another file. */
  private void use(AppendFile opened) throws IOException {
    try {
      long length = opened.size();
      torn = length > 0 && opened.read(length - 1, 1)[0] != '\n';
      size = length;
      file = opened;
    } catch (KernelException e) {
      opened.close();
      throw failed("open", e);
    } catch (OutOfMemoryError tight) {
      opened.close();
      throw tight;
    }
  }

  private IOException failed(String verb, KernelException cause) {
    return new IOException(
        verb + " log file " + path + ": " + Errno.describe(cause.errno()), cause);
  }

  /**
   * Writes what a buffer holds, or a part of it, and advances its position.
   *
   * @return bytes written
   * @throws IOException {@code write log file /x: ENOSPC (No space left on device)}
   */
  int write(ByteBuffer out) throws IOException {
    try {
      if (torn) {
        size += Io.write(file.fd(), NEWLINE);
        torn = false;
      }
      int written = file.write(out);
      if (written == 0) {
        throw new IOException("write log file " + path + ": the disk takes nothing");
      }
      size += written;
      return written;
    } catch (KernelException e) {
      throw failed("write", e);
    }
  }

  /**
   * Whether a record would exceed the limit. False for the first record of a file: there it has to
   * go, however long it is.
   *
   * @param pending bytes that will be written before the record
   * @param need bytes of the record
   */
  boolean isFull(int pending, int need) throws IOException {
    if (rotation.maxSize() == 0 || size + pending + need <= rotation.maxSize()) {
      return false;
    }
    size = file.size(); // less than we know if someone has cut it meanwhile (copytruncate)
    return size + pending > 0 && size + pending + need > rotation.maxSize();
  }

  /**
   * Renames the file to number 1, the one that was it to 2 and so on up to the first free number or
   * the oldest to stay, and starts a new one. Where someone else has moved the file away, only the
   * last of it happens; what they put in its place stays where it is.
   */
  void rotate() throws IOException {
    if (file.isAt(path.toString())) {
      int last = 1;
      while (last < rotation.keep() && exists(numbered(last))) {
        last++;
      }
      for (int i = last; i > 1; i--) {
        move(numbered(i - 1), numbered(i));
      }
      move(path, numbered(1));
    }
    reopen();
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Goes on with whatever is at the path now; on failure with the file from before. */
  void reopen() throws IOException {
    AppendFile before = file;
    use(openAtPath());
    before.close();
  }

  /**
   * Takes back the last bytes written, the beginning of a record that could not be finished. That
   * needs no space, so it works on a full disk. Where something else stands at the end of the file
   * by now, because somebody has cut it or writes to it too, it stays as it is.
   */
  void takeBack(byte[] written) throws IOException {
    try {
      long rest = file.size() - written.length;
      if (rest >= 0 && Arrays.equals(file.read(rest, written.length), written)) {
        file.truncate(rest);
        size = rest;
      }
    } catch (KernelException e) {
      throw failed("shorten", e);
    }
  }

  void close() {
    file.close();
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("rename log file " + from + " to " + to + ": " + Reason.of(e), e);
    }
  }
}
