package io.conmonj.client.remotecommand;

import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;

/** Standard input of a remote command. Closing it is the half-close of the stream. */
final class StdinStream extends OutputStream {
  /** The largest message sent, in bytes: what Kubernetes' own client sends at most. */
  static final int MAX_MESSAGE = 32 << 10;

  private final StreamTransport transport;
  private final WriteGate gate;
  private boolean closed;

  StdinStream(StreamTransport transport, WriteGate gate) {
    this.transport = transport;
    this.gate = gate;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("write stdin: it has been closed");
    }
    if (transport.onLoop()) {
      throw new IllegalStateException("stdin may block: write to it from another thread");
    }
    for (int sent = 0; sent < length; ) {
      gate.await(transport::isWritable);
      int size = Math.min(length - sent, MAX_MESSAGE);
      transport.send(StreamType.STDIN, Unpooled.copiedBuffer(bytes, offset + sent, size));
      sent += size;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      transport.halfClose(StreamType.STDIN);
    }
  }
}
