package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;

/** Gets the bytes of one stream, on the loop thread. */
public interface BytesListener {
  /** Drops everything: for a stream whose owner is not known yet or has gone. */
  BytesListener DISCARD =
      new BytesListener() {
        @Override
        public void onBytes(ByteBuf bytes) {
          bytes.release();
        }

        @Override
        public void onEnd(StreamEnd end) {}
      };

  /**
   * Some bytes, never none. To stop more from coming, pause the reader within this call. What this
   * throws ends the stream; one that must go on has {@link PipeReader#takeBack} instead.
   *
   * @param bytes the listener owns them and releases them; there are {@link ReadBuffer#HEADROOM}
   *     writable bytes before the reader index
   */
  void onBytes(ByteBuf bytes);

  /** The last call. */
  void onEnd(StreamEnd end);
}
