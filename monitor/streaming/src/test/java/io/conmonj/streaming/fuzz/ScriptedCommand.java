package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.TerminalSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command behind a session: does what the fuzzer says, and holds the session to its promises. */
final class ScriptedCommand {
  private static final int KILLED = 137;
  private static final byte[] MORE = new byte[100];

  /** What it was given. */
  final ByteArrayOutputStream stdin = new ByteArrayOutputStream();

  final List<TerminalSize> sizes = new ArrayList<>();
  boolean stdinEnded;

  final Output stdout;
  final Output stderr;

  /** How it ended; null before. */
  Outcome outcome;

  /** Whether its client was there when it ended. */
  boolean tellsOutcome;

  private final SessionStreams streams;
  private final ByteBufAllocator memory;
  private final Manners manners;
  private final Check check;
  private final CompletableFuture<Outcome> end = new CompletableFuture<>();
  private boolean receives;
  private boolean pauses;
  private boolean discards;
  private boolean lostClient;
  private boolean obliging;

  /** What it does within the calls that it gets. */
  record Manners(int bits) {
    boolean wantsSizes() {
      return (bits & 1) != 0;
    }

    boolean receivesAtOnce() {
      return (bits & 2) != 0;
    }

    boolean endsAtOnce() {
      return (bits & 0xC) == 0xC;
    }

    boolean pausesAtEachInput() {
      return (bits & 0x10) != 0;
    }

    boolean endsWithInput() {
      return (bits & 0x20) != 0;
    }

    boolean endsWithClient() {
      return (bits & 0x40) != 0;
    }

    boolean leavesHeadroom() {
      return (bits & 0x80) != 0;
    }
  }

  ScriptedCommand(SessionStreams streams, ByteBufAllocator memory, Manners manners, Check check) {
    this.streams = streams;
    this.memory = memory;
    this.manners = manners;
    this.check = check;
    streams.onDisconnect(this::clientLost);
    this.stdout = new Output(streams.stdout());
    this.stderr = new Output(streams.stderr());
    streams.stdout().ifPresent(out -> out.onWritable(() -> stdout.print(MORE)));
    if (manners.wantsSizes()) {
      streams.terminalSizes().onSize(sizes::add);
    }
    if (manners.receivesAtOnce()) {
      receive();
    }
    if (manners.endsAtOnce()) {
      complete(new Outcome.Exited(0));
    }
  }

  CompletableFuture<Outcome> end() {
    return end;
  }

  boolean isConnected() {
    return streams.isConnected();
  }

  /** Whether it takes all that its client sends. */
  boolean takesAll() {
    return receives && !pauses && !discards && outcome == null;
  }

  /** Whether it pauses after each piece that it is given. */
  boolean pausesByItself() {
    return manners.pausesAtEachInput();
  }

  /** Whether it has read its input to the end, if it has any and still wants it. */
  boolean hasEndOfInput() {
    return stdinEnded || discards || outcome != null || streams.stdin().isEmpty();
  }

  void step(FuzzInput input) {
    switch (input.next(10)) {
      case 0 -> receive();
      case 1 -> pause();
      case 2 -> resume();
      case 3 -> {
        discards = true;
        streams.stdin().ifPresent(InboundStream::discard);
      }
      case 4, 5 -> stdout.print(input.payload());
      case 6 -> stderr.print(input.payload());
      case 7 -> stdout.end();
      case 8 -> stderr.end();
      default ->
          complete(
              input.flag()
                  ? new Outcome.Exited(input.next())
                  : input.one(new Outcome.Success(), new Outcome.Failed("no \"such\" command\n")));
    }
  }

  /** Takes all that is there, and from now on all that comes. */
  void drain() {
    obliging = true;
    receive();
    resume();
  }

  void complete(Outcome how) {
    if (outcome == null) {
      outcome = how;
      tellsOutcome = streams.isConnected();
      end.complete(how);
    }
  }

  private void receive() {
    if (!receives && streams.stdin().isPresent()) {
      receives = true;
      streams.stdin().get().receive(new Input());
    }
  }

  private void pause() {
    pauses = true;
    streams.stdin().ifPresent(InboundStream::pause);
  }

  private void resume() {
    pauses = false;
    streams.stdin().ifPresent(InboundStream::resume);
  }

  private void clientLost() {
    check.that(!lostClient, "the command was told twice that its client has gone");
    check.that(outcome == null, "the command was told after its end that its client has gone");
    lostClient = true;
    check.that(!streams.isConnected(), "the client has gone, but is connected");
    if (manners.endsWithClient()) {
      complete(new Outcome.Exited(KILLED));
    }
  }

  /** One of its outputs. */
  final class Output {
    /** What was written while the client was there. */
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private final Optional<OutboundStream> stream;
    private boolean ended;

    Output(Optional<OutboundStream> stream) {
      this.stream = stream;
    }

    private void print(byte[] bytes) {
      if (ended || stream.isEmpty()) {
        return;
      }
      if (streams.isConnected()) {
        written.writeBytes(bytes);
      }
      int headroom = manners.leavesHeadroom() ? OutboundStream.HEADROOM : 0;
      stream
          .get()
          .write(
              memory
                  .buffer(headroom + bytes.length)
                  .setIndex(headroom, headroom)
                  .writeBytes(bytes));
    }

    private void end() {
      ended = true;
      stream.ifPresent(OutboundStream::end);
    }
  }

  private final class Input implements InboundStream.Receiver {
    @Override
    public void data(ByteBuf bytes) {
      check.that(!stdinEnded, "input after its end");
      check.that(!discards, "input after it was given up");
      check.that(!pauses, "input while it is paused");
      check.that(bytes.isReadable(), "input of no bytes");
      stdin.writeBytes(ByteBufUtil.getBytes(bytes));
      bytes.release();
      if (manners.pausesAtEachInput() && !obliging) {
        pause();
      }
    }

    @Override
    public void end() {
      check.that(!stdinEnded, "two ends of the input");
      stdinEnded = true;
      if (manners.endsWithInput()) {
        complete(new Outcome.Exited(0));
      }
    }
  }
}
