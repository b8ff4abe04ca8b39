package io.conmonj.streaming.server;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Small programs as sessions, without processes. */
final class Programs {
  static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";

  private Programs() {}

  /** Prints and exits. */
  static TestServer.Work print(String out, String err, int code) {
    return (streams, end) -> {
      streams.stdout().ifPresent(stdout -> stdout.write(bytes(out)));
      streams.stderr().ifPresent(stderr -> stderr.write(bytes(err)));
      end.complete(new Outcome.Exited(code));
    };
  }

  /** Copies input to output, at the pace of the output, and exits with 0 at the end of input. */
  static TestServer.Work cat() {
    return (streams, end) -> {
      InboundStream stdin = streams.stdin().orElseThrow();
      OutboundStream stdout = streams.stdout().orElseThrow();
      stdout.onWritable(stdin::resume);
      stdin.receive(
          new InboundStream.Receiver() {
            @Override
            public void data(ByteBuf bytes) {
              stdout.write(bytes);
              if (!stdout.isWritable()) {
                stdin.pause();
              }
            }

            @Override
            public void end() {
              end.complete(new Outcome.Exited(0));
            }
          });
    };
  }

  /** Counts its input to the end. */
  static TestServer.Work count(LongConsumer total) {
    return (streams, end) ->
        streams
            .stdin()
            .orElseThrow()
            .receive(
                new InboundStream.Receiver() {
                  private long count;

                  @Override
                  public void data(ByteBuf bytes) {
                    count += bytes.readableBytes();
                    bytes.release();
                  }

                  @Override
                  public void end() {
                    total.accept(count);
                    end.complete(new Outcome.Exited(0));
                  }
                });
  }

  /** Writes a number of bytes, each its place in the output modulo 251, and exits with 0. */
  static TestServer.Work source(long total, int chunk) {
    return (streams, end) -> new Source(streams.stdout().orElseThrow(), total, chunk, end).run();
  }

  /** Takes the end from the test. */
  static TestServer.Work until(CompletableFuture<Outcome> outcome) {
    return (streams, end) -> {
      var _ = outcome.thenAccept(end::complete);
    };
  }

  static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private static final class Source {
    private static final int PERIOD = 251;
    private final OutboundStream out;
    private final long total;
    private final int chunk;
    private final CompletableFuture<Outcome> end;
    private long written;

    Source(OutboundStream out, long total, int chunk, CompletableFuture<Outcome> end) {
      this.out = out;
      this.total = total;
      this.chunk = chunk;
      this.end = end;
    }

    void run() {
      out.onWritable(this::run);
      while (out.isWritable() && written < total) {
        int length = (int) Math.min(chunk, total - written);
        ByteBuf buffer = Unpooled.directBuffer(OutboundStream.HEADROOM + length);
        buffer.setIndex(OutboundStream.HEADROOM, OutboundStream.HEADROOM);
        for (int i = 0; i < length; i++) {
          buffer.writeByte((int) ((written + i) % PERIOD));
        }
        written += length;
        out.write(buffer);
      }
      if (written == total) {
        end.complete(new Outcome.Exited(0));
      }
    }
  }
}
