package io.conmonj.monitor.rehearsal;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.LentFd;
import io.conmonj.kernel.ProcessMemory;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A streaming server of a worker that is to take the place of another goes on with clients, whose
 * input and output have waited, and is slow: each of its classes is loaded for the first time, and
 * none of it is compiled. So it is done once before, while the other worker serves and nobody
 * waits: a few make-believe clients, one for each protocol in use, get what they send back from one
 * server and then from another that goes on with them. All of that is its own, on a loop of its
 * own, and nothing of it is left. Whatever goes wrong ends it, and nothing else.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** For all of it, also on a busy machine: half of what the holder gives a candidate. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String TARGET = "rehearsal";

  private static final Stdio ALL = new Stdio(true, true, true, false);

  private final EventLoop loop;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final Duty limit;
  private final LoopbackPort target;
  private final LoopbackPort port;
  private final List<RehearsedClient> clients = new ArrayList<>();
  private EchoBackend backend;

  /** Who is to be served next; null for nobody. */
  private Speech next;

  /** The number of the target. */
  private int forwarded;

  private StreamingServer server;

  private Rehearsal(EventLoop loop) {
    this.loop = loop;
    this.limit = loop.duty(() -> failed.completeExceptionally(new CancellationException()));
    this.target = new LoopbackPort(loop.netty(), each -> each.pipeline().addLast(new Echo()));
    this.port = new LoopbackPort(loop.netty(), this::serve);
    begin();
  }

  /**
   * Does all of it, on a thread that has no loop now; takes some tenths of a second. Never fails.
   *
   * @param programme of the other worker, see {@link Programme}; empty for nothing to be done
   * @return whether it came to its end
   */
  public static boolean perform(String programme) {
    if (programme.isEmpty()) {
      return true;
    }
    boolean done = false;
    try (EventLoop loop = new EventLoop();
        Rehearsal rehearsal = new Rehearsal(loop)) {
      rehearsal.play(programme);
      done = true;
    } catch (IOException | RuntimeException failed) {
      LOG.debug("no rehearsal to the end", failed);
    }
    System.gc();
    ProcessMemory.trim();
    return done;
  }

  private void begin() {
    backend = new EchoBackend(loop);
    server =
        new StreamingServer(
            loop.netty(), EpollServerSocketChannel::new, StreamingConfig.DEFAULT, backend);
  }

  private void play(String programme) throws IOException {
    limit.dueAfter(LIMIT);
    forwarded = await(target.number());
    for (Speech each : Programme.speeches(programme, forwarded)) {
      next = each;
      RehearsedClient client = new RehearsedClient(loop.netty(), await(port.number()), each);
      clients.add(client);
      await(client.speak());
    }
    move();
    for (RehearsedClient each : clients) {
      await(each.speak());
    }
  }

  /** Who comes is the client that was made last. */
  private void serve(Channel connection) {
    if (next == null) {
      var _ = connection.close();
      return;
    }
    server.begin(connection, request(next.kind()), next.protocol());
    next = null;
  }

  private StreamingRequest request(SessionKind kind) {
    return switch (kind) {
      case EXEC -> new ExecRequest(TARGET, List.of("cat"), ALL);
      case ATTACH -> new AttachRequest(TARGET, ALL);
      case PORT_FORWARD -> new PortForwardRequest(TARGET, List.of(forwarded));
    };
  }

  private void move() throws IOException {
    try {
      FrozenServer frozen = duplicate(server.freeze());
      server.letGo();
      backend.close();
      begin();
      server.thaw(frozen);
    } catch (CannotMoveException stays) {
      throw new IOException(stays);
    }
  }

  private static FrozenServer duplicate(FrozenServer frozen) throws KernelException {
    List<FrozenConnection> connections = new ArrayList<>();
    for (FrozenConnection each : frozen.connections()) {
      Map<String, Integer> descriptors = new HashMap<>();
      for (Map.Entry<String, Integer> one : each.descriptors().entrySet()) {
        try (LentFd socket = LentFd.of(one.getValue())) {
          descriptors.put(one.getKey(), Fcntl.duplicate(socket.fd()).release());
        }
      }
      connections.add(new FrozenConnection(each.state(), descriptors));
    }
    return new FrozenServer(frozen.state(), connections);
  }

  /** Runs the loop until something is there. */
  private <T> T await(CompletableFuture<T> wanted) throws IOException {
    loop.runUntil(CompletableFuture.anyOf(wanted, failed));
    if (!wanted.isDone() || wanted.isCompletedExceptionally()) {
      throw new IOException(wanted.isDone() ? wanted.exceptionNow() : failed.exceptionNow());
    }
    return wanted.resultNow();
  }

  @Override
  public void close() {
    limit.cancel();
    // First, so that no session has an end that would be logged.
    server.letGo();
    clients.forEach(RehearsedClient::close);
    port.close();
    target.close();
    backend.close();
  }
}
