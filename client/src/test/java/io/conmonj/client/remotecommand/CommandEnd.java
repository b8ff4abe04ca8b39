package io.conmonj.client.remotecommand;

import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;

/** How a server ends a command: with a status, and in order. */
public final class CommandEnd {
  private static final int STATUS = 3;

  private CommandEnd() {}

  /** The command was successful. */
  public static void succeed(WebSocketPeer server) throws IOException {
    finish(server, "{\"metadata\":{},\"status\":\"Success\"}");
  }

  /** The command exited with a code. */
  public static void exit(WebSocketPeer server, int code) throws IOException {
    finish(
        server,
        "{\"status\":\"Failure\",\"message\":\"command terminated with non-zero exit code: exit"
            + " status "
            + code
            + "\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":\"ExitCode\","
            + "\"message\":\""
            + code
            + "\"}]}}");
  }

  /** With any status. */
  public static void finish(WebSocketPeer server, String status) throws IOException {
    server.message(STATUS, status);
    server.sendClose(1000);
    server.readClose();
  }
}
