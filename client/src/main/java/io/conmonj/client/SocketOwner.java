package io.conmonj.client;

import io.conmonj.kernel.ThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A monitor hangs up on all users but its own and root, which looks as if it had ended. */
final class SocketOwner {
  private SocketOwner() {}

  /**
   * Checks that the socket is this user's.
   *
   * @throws IOException when it is another's, which is why joining failed
   */
  static void check(Path socket) throws IOException {
    int own = ThisProcess.effectiveUser();
    Object owner;
    try {
      owner = Files.getAttribute(socket, "unix:uid");
    } catch (IOException e) {
      // There is no socket, or it cannot be looked at: its owner is not why joining failed.
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
