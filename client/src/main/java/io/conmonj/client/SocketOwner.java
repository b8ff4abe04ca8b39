package io.conmonj.client;

import io.conmonj.kernel.ThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A monitor hangs up on all users but its own and root, which looks as if it had ended. */
final class SocketOwner {
  private SocketOwner() {}

  /**
   * Looks whether that was it.
   *
   * @throws IOException that says so
   */
  static void check(Path socket) throws IOException {
    int own = ThisProcess.effectiveUser();
    Object owner;
    try {
      owner = Files.getAttribute(socket, "unix:uid");
    } catch (IOException e) {
      // It is not there, or cannot be looked at: then this was not it.
      return;
    }
    if (own != 0 && !owner.equals(own)) {
      throw new IOException(
          "join the monitor at "
              + socket
              + ": permission denied: it is user "
              + owner
              + "'s, and this is user "
              + own);
    }
  }
}
