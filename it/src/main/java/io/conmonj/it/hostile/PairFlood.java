package io.conmonj.it.hostile;

import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Opens connections on one forwarding session as fast as it can, and closes none. */
public final class PairFlood implements AutoCloseable {
  private static final int STREAMS_OF_A_PAIR = 2;

  private final SpdyPeer link;
  private final CompletableFuture<Answers> answers = new CompletableFuture<>();

  /**
   * What the server said to the streams.
   *
   * @param accepted how many it took
   * @param refused how many it reset
   * @param refusal the status of the last reset; 0 for none
   */
  public record Answers(int accepted, int refused, int refusal) {}

  private PairFlood(SpdyPeer link) {
    this.link = link;
  }

  /**
   * Opens them, while the answers are read.
   *
   * @param link closed with this
   * @param port to connect each to
   */
  public static PairFlood start(SpdyPeer link, int pairs, int port) {
    PairFlood flood = new PairFlood(link);
    Thread.ofPlatform().daemon().name("pair-flood-answers").start(() -> flood.read(pairs));
    Thread.ofPlatform().daemon().name("pair-flood").start(() -> flood.open(pairs, port));
    return flood;
  }

  private void open(int pairs, int port) {
    try {
      for (int i = 0; i < pairs; i++) {
        link.synPair(2 * STREAMS_OF_A_PAIR * i + 1, i, port);
      }
    } catch (IOException cut) {
      answers.completeExceptionally(cut);
    }
  }

  private void read(int pairs) {
    int accepted = 0;
    int refused = 0;
    int refusal = 0;
    try {
      while (accepted + refused < STREAMS_OF_A_PAIR * pairs) {
        SpdyFrame frame = link.read();
        if (frame.type() == SpdyFrame.SYN_REPLY) {
          accepted++;
        } else if (frame.type() == SpdyFrame.RST_STREAM) {
          refused++;
          refusal = frame.status();
        }
      }
      answers.complete(new Answers(accepted, refused, refusal));
    } catch (IOException cut) {
      answers.completeExceptionally(cut);
    }
  }

  /** Completes when every stream has been answered; fails if the server ends it before. */
  public CompletableFuture<Answers> answers() {
    return answers;
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
