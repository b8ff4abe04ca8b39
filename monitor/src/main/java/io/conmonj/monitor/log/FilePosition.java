package io.conmonj.monitor.log;

import java.nio.ByteBuffer;

/**
 * Where a log in a file stood.
 *
 * @param place the file system of the file
 * @param inode its number there
 * @param size how many bytes it had
 * @param begun whether the container has had anything written to it: what was there before is none
 *     of its lines
 * @param standing of the format, see {@link Standing}
 */
record FilePosition(long place, long inode, long size, boolean begun, long standing) {
  /** Of a log of which nothing is known but that it was written to. */
  static final FilePosition UNKNOWN = new FilePosition(0, 0, -1, true, 0);

  private static final byte VERSION = 1;
  private static final int LENGTH = 2 + 4 * Long.BYTES;

  /** As it is kept. */
  byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH)
        .put(VERSION)
        .put((byte) (begun ? 1 : 0))
        .putLong(place)
        .putLong(inode)
        .putLong(size)
        .putLong(standing)
        .array();
  }

  /** As it was kept. What is of another version or length is not known. */
  static FilePosition of(byte[] kept) {
    if (kept.length != LENGTH || kept[0] != VERSION) {
      return UNKNOWN;
    }
    ByteBuffer bytes = ByteBuffer.wrap(kept, 1, LENGTH - 1);
    boolean begun = bytes.get() != 0;
    long place = bytes.getLong();
    long inode = bytes.getLong();
    long size = bytes.getLong();
    return new FilePosition(place, inode, size, begun, bytes.getLong());
  }

  /** Whether anything is known. */
  boolean isKnown() {
    return size >= 0;
  }

  /** The same in another file, of which so many bytes count. */
  FilePosition in(LogFile file, long otherSize) {
    return new FilePosition(file.place(), file.inode(), otherSize, begun, standing);
  }

  /** Whether it was this file. */
  boolean isIn(LogFile file) {
    return place == file.place() && inode == file.inode();
  }
}
