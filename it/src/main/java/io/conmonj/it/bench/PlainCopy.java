package io.conmonj.it.bench;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A program that copies bytes and does nothing else: a read and a write of 64 KiB in turn, as much
 * as the monitor reads from a pipe at once, on a thread that blocks. What a monitor may cost is
 * measured against it.
 */
public final class PlainCopy {
  private static final int BUFFER = 64 * 1024;

  private PlainCopy() {}

  /**
   * Arguments: {@code from-stdin}, {@code to-stdout} or {@code relay}, and a port of this machine.
   * A relay says first on which port it listens, and goes on until it is killed.
   */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    switch (arguments[0]) {
      case "from-stdin" -> {
        try (SocketChannel to = connect(port)) {
          copy(new FileInputStream(FileDescriptor.in).getChannel(), to);
        }
      }
      case "to-stdout" -> {
        try (SocketChannel from = connect(port)) {
          copy(from, new FileOutputStream(FileDescriptor.out).getChannel());
        }
      }
      case "relay" -> relay(port);
      default -> throw new IllegalArgumentException("no such copy: " + arguments[0]);
    }
  }

  private static void relay(int port) throws IOException {
    ServerSocketChannel listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().start(() -> accept(listener, port));
    System.out.println(listener.socket().getLocalPort());
    var _ = System.in.readAllBytes();
  }

  private static void accept(ServerSocketChannel listener, int port) {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        SocketChannel target = connect(port);
        Thread.ofPlatform().daemon().start(() -> oneWay(client, target));
        Thread.ofPlatform().daemon().start(() -> oneWay(target, client));
      }
    } catch (IOException e) {
      System.err.println("relay: " + e.getMessage());
    }
  }

  /** A connection that breaks off is none of ours: the benchmark sees that bytes are missing. */
  private static void oneWay(SocketChannel from, SocketChannel to) {
    try {
      copy(from, to);
      to.shutdownOutput();
    } catch (IOException e) {
      System.err.println("relay: " + e.getMessage());
    }
  }

  private static SocketChannel connect(int port) throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static void copy(ReadableByteChannel from, WritableByteChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    while (from.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      buffer.clear();
    }
  }
}
