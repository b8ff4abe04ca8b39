package io.conmonj.it.pod;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Finds a TCP port of the loopback address for another program to listen on. */
public final class FreePort {
  /** Numbers below are often a service's. */
  private static final int LEAST = 10_000;

  /** Its first number is the least that the kernel gives to who asks for none; see ip(7). */
  private static final Path KERNELS_OWN = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private static final int ATTEMPTS = 100;

  private FreePort() {}

  /**
   * Finds one that is free now, and that the kernel will not give to anybody meanwhile.
   *
   * @throws IOException when there is none
   */
  public static int find() throws IOException {
    String range = Files.readString(KERNELS_OWN).strip();
    int end = Math.max(LEAST + ATTEMPTS, Integer.parseInt(range.split("\\s+", 2)[0]));
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, end);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no port is free from " + LEAST + " to " + end);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
