package io.conmonj.streaming.fuzz;

import io.netty.channel.socket.DuplexChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Where a forwarded connection goes: does what the fuzzer says, and notes what it is given. */
final class ScriptedTarget {
  final int port;
  final CompletableFuture<DuplexChannel> connected = new CompletableFuture<>();
  final MemoryChannel channel;

  /** What it sent. */
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** Whether it was connected to, and has not broken off. */
  boolean keepsOn;

  ScriptedTarget(int port, MemoryChannel channel) {
    this.port = port;
    this.channel = channel;
    // As every target is made: its session reads it once it has taken it over.
    channel.config().setAutoRead(false);
  }

  void connect() {
    keepsOn = connected.complete(channel) || keepsOn;
  }

  void refuse() {
    connected.completeExceptionally(new IOException("connection refused"));
  }

  /** Whether there is a connection to it. */
  boolean isOpen() {
    return !connected.isCompletedExceptionally() && channel.isOpen();
  }

  void step(FuzzInput input) {
    if (!connected.isDone()) {
      if (input.next(4) == 0) {
        refuse();
      } else {
        connect();
      }
      return;
    }
    if (connected.isCompletedExceptionally()) {
      return;
    }
    switch (input.next(8)) {
      case 0, 1, 2, 3 -> send(input.payload());
      case 4 -> channel.receiveEnd();
      case 5 -> {
        keepsOn = false;
        channel.cut(true);
      }
      case 6 -> channel.setStalled(true);
      default -> channel.setStalled(false);
    }
  }

  private void send(byte[] bytes) {
    if (channel.isOpen() && !channel.isInputShutdown() && bytes.length > 0) {
      sent.writeBytes(bytes);
      channel.receive(bytes, 0, bytes.length);
    }
  }
}
