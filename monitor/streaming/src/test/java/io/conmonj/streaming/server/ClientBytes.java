package io.conmonj.streaming.server;

import io.conmonj.streaming.peer.PeerSocket;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What a client sends, in the midst of which its server may be replaced.
 *
 * @param all the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // It is never compared.
record ClientBytes(byte[] all) {
  static ClientBytes of(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] each : parts) {
      all.writeBytes(each);
    }
    return new ClientBytes(all.toByteArray());
  }

  int length() {
    return all.length;
  }

  /**
   * Sends them; something happens once the server has seen so many of them.
   *
   * @param place how many
   */
  void send(PeerSocket client, int place, MovingServer server, MovingServer.Meanwhile move)
      throws Exception {
    client.send(Arrays.copyOf(all, place));
    server.settle();
    move.happen();
    client.send(Arrays.copyOfRange(all, place, all.length));
  }
}
