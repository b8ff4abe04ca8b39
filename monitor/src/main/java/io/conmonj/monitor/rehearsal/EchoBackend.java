package io.conmonj.monitor.rehearsal;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.session.InputPump;
import io.conmonj.monitor.session.OutputPump;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.tcp.SocketSource;
import io.conmonj.streaming.tcp.TcpDialler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A pod whose commands are pipes: what goes in comes out. Loop thread only. */
final class EchoBackend implements StreamingBackend, MemoryWait, AutoCloseable {
  /** More than a rehearsal ever holds, in bytes. */
  private static final long MEMORY = 4 * 1024 * 1024;

  private final EventLoop loop;
  private final Consumer<Throwable> refused;
  private final ReadBuffer buffer;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<PipeReader> readers = new ArrayList<>();

  /**
   * @param refused is told what the kernel does not give
   */
  EchoBackend(EventLoop loop, Consumer<Throwable> refused) {
    this.loop = loop;
    this.refused = refused;
    this.buffer = new ReadBuffer(MemoryAccount.open("rehearsal", MEMORY, loop));
  }

  @Override
  public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
    return echo(streams);
  }

  @Override
  public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
    return echo(streams);
  }

  @Override
  public Optional<byte[]> freeze(SessionStreams streams) {
    return Optional.of(new byte[0]);
  }

  @Override
  public CompletableFuture<Outcome> thaw(
      SessionKind kind, String target, byte[] frozen, SessionStreams streams) {
    return echo(streams);
  }

  @Override
  public CompletableFuture<DuplexChannel> portForward(PortForwardRequest request, int port) {
    return new TcpDialler(loop.netty(), EchoBackend::socket)
        .dial(request.ports().getFirst())
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                refused.accept(failure);
              }
            });
  }

  private static CompletableFuture<EpollSocketChannel> socket(SocketSource.Family family) {
    return CompletableFuture.completedFuture(
        new EpollSocketChannel(
            family == SocketSource.Family.IPV4
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6));
  }

  private CompletableFuture<Outcome> echo(SessionStreams streams) {
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    try (Pipe pipe = Pipe.open()) {
      PipeReader from =
          PipeReader.open(loop, Fd.adopt(pipe.readEnd().release()), buffer, BytesListener.DISCARD);
      open.add(from);
      readers.add(from);
      PipeWriter to = PipeWriter.open(loop, Fd.adopt(pipe.writeEnd().release()));
      open.add(to);
      from.chargeTo(streams.memory());
      from.listener(new OutputPump(from, streams.stdout().orElseThrow(), cut -> {}));
      from.resume();
      streams.onDisconnect(() -> ended.complete(new Outcome.Success()));
      streams
          .stdin()
          .orElseThrow()
          .receive(new InputPump(streams.stdin().orElseThrow(), to, to::close, () -> {}));
    } catch (IOException none) {
      refused.accept(none);
      ended.completeExceptionally(none);
    }
    return ended;
  }

  /** Whether there is no memory to read what one of them has written. */
  @Override
  public boolean isStarved() {
    for (PipeReader each : readers) {
      if (each.isStarved()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception never) {
        throw new IllegalStateException(never);
      }
    }
    open.clear();
    readers.clear();
    buffer.close();
  }
}
