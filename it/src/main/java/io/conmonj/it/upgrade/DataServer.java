package io.conmonj.it.upgrade;

import io.conmonj.it.pod.LoopbackServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.DigestOutputStream;

/**
 * A server in a pod, one transfer to a connection: first comes what is wanted, {@link #DOWNLOAD} or
 * {@link #UPLOAD}, and a seed of eight bytes. A download is answered with its data; of an upload,
 * which is all that follows, the digest is told.
 */
final class DataServer {
  static final int DOWNLOAD = 'D';
  static final int UPLOAD = 'U';

  private DataServer() {}

  /** Listens in the network namespace of a process. */
  static LoopbackServer startBeside(long pid) throws IOException {
    return LoopbackServer.startBeside(pid, DataServer::serve);
  }

  private static void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    int wanted = in.readUnsignedByte();
    long seed = in.readLong();
    if (wanted == DOWNLOAD) {
      RandomData.write(seed, client.getOutputStream());
    } else {
      try (DigestOutputStream data = RandomData.digesting()) {
        in.transferTo(data);
        client.getOutputStream().write(data.getMessageDigest().digest());
      }
    }
  }
}
