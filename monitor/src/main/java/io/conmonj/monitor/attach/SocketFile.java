package io.conmonj.monitor.attach;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of an attach socket. What is here may wait for a disk, so threads made for it call it,
 * one at a time.
 */
final class SocketFile {
  private final String path;

  /** The file that was made here last; null before. */
  private FileStatus ours;

  SocketFile(String path) {
    this.path = path;
  }

  /** One that another worker has made. */
  SocketFile(String path, FileStatus made) {
    this.path = path;
    this.ours = made;
  }

  /** The file that was made last; empty before. Not while a thread is at work here. */
  Optional<FileStatus> made() {
    return Optional.ofNullable(ours);
  }

  /**
   * Sees to it that the file is there. Missing directories above it are made, with what the umask
   * leaves; a socket on which nobody listens is replaced.
   *
   * @return the new listening socket, open to its owner only; empty when the file that was made
   *     before is still there
   * @throws IOException when something else is there, or it cannot be made
   */
  Optional<Fd> make() throws IOException {
    Optional<FileStatus> there = status();
    if (there.isPresent()) {
      if (ours != null && there.get().isSameFileAs(ours)) {
        return Optional.empty();
      }
      makeRoom(there.get());
    } else {
      Files.createDirectories(Path.of(path).getParent());
    }
    Fd listener = UnixSocket.listen(SocketType.SEQPACKET, path);
    try {
      ours = FileStatus.of(path);
    } catch (KernelException gone) {
      listener.close();
      throw gone;
    }
    return Optional.of(listener);
  }

  /** Removes the file that was made here, if it is still there. */
  void remove() throws IOException {
    Optional<FileStatus> there = status();
    if (ours != null && there.isPresent() && there.get().isSameFileAs(ours)) {
      OpenFile.remove(path);
    }
  }

  private void makeRoom(FileStatus there) throws IOException {
    if (!there.isSocket()) {
      throw new IOException(path + " is " + there.kind());
    }
    if (UnixSocket.isLive(path)) {
      throw new IOException("somebody else listens on " + path);
    }
    OpenFile.remove(path);
  }

  private Optional<FileStatus> status() throws KernelException {
    try {
      return Optional.of(FileStatus.of(path));
    } catch (KernelException refused) {
      if (refused.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
