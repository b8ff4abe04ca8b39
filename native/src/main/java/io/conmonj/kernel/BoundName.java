package io.conmonj.kernel;

/**
 * The name in the file system that a socket was bound to. The file is held on to, so that it is
 * told from another one that has got its name meanwhile. Any thread.
 */
public final class BoundName implements AutoCloseable {
  private final String path;

  /** Null when there is none any more. */
  private final Fd file;

  private BoundName(String path, Fd file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Of a socket that was bound just now.
   *
   * @throws KernelException ENOENT when the file is gone already
   */
  public static BoundName of(String path) throws KernelException {
    return new BoundName(path, OpenFile.handle(path));
  }

  /** Of a socket whose file was removed: whatever has the name is not its. */
  public static BoundName gone(String path) {
    return new BoundName(path, null);
  }

  /**
   * Whether the file was removed, so that nobody can connect any more. One that was moved, itself
   * or with a directory, is not gone.
   *
   * @throws KernelException when the kernel does not say
   */
  public boolean isGone() throws KernelException {
    return file == null || FileStatus.of(file).links() == 0;
  }

  /**
   * Removes the file, if it still has this name.
   *
   * @throws KernelException when that is refused
   */
  public void remove() throws KernelException {
    if (file == null) {
      return;
    }
    try {
      if (FileStatus.of(path).isSameFileAs(FileStatus.of(file))) {
        OpenFile.remove(path);
      }
    } catch (KernelException refused) {
      if (refused.errno() != Errno.ENOENT && refused.errno() != Errno.ENOTDIR) {
        throw refused;
      }
    }
  }

  /** Lets go of the file, and leaves it as it is. */
  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
