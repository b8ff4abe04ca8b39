package io.conmonj.kernel;

import java.nio.charset.StandardCharsets;

/**
 * A socket file's name in a form that fits into a socket address. The kernel takes at most 107
 * bytes (unix(7)), and names below a runtime's directories are regularly longer; such a one is
 * reached as {@code /proc/self/fd/N/name}, N being the directory, which this object holds open:
 * close it after binding or connecting. The name is then valid in this process only.
 */
public final class SocketPath implements AutoCloseable {
  /** sun_path of linux/un.h holds 108 bytes, the last one being NUL. */
  static final int MAX_BYTES = 107;

  private final String address;
  private final Fd directory;

  private SocketPath(String address, Fd directory) {
    this.address = address;
    this.directory = directory;
  }

  /**
   * Finds a form that fits.
   *
   * @throws KernelException when the name is too long and its directory cannot be opened, or when
   *     the last part alone is too long (ENAMETOOLONG)
   */
  public static SocketPath of(String path) throws KernelException {
    if (fits(path)) {
      return new SocketPath(path, null);
    }
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
    Fd directory = OpenFile.directoryHandle(parent);
    String address = "/proc/self/fd/" + directory.number() + "/" + path.substring(slash + 1);
    if (!fits(address)) {
      directory.close();
      throw new KernelException(Errno.ENAMETOOLONG, "name socket", path);
    }
    return new SocketPath(address, directory);
  }

  private static boolean fits(String path) {
    return path.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  /** What to bind to or connect to, at most 107 bytes; good until {@link #close}. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    if (directory != null) {
      directory.close();
    }
  }
}
