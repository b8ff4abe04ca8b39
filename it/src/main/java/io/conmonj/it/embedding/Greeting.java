package io.conmonj.it.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The least of a program with the streaming server in it: whatever is asked of it, it greets. */
public final class Greeting implements StreamingBackend {
  public static void main(String[] arguments) {
    EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
    StreamingServer server =
        new StreamingServer(
            loop, NioServerSocketChannel::new, StreamingConfig.DEFAULT, new Greeting());
    ExecRequest request =
        new ExecRequest("anywhere", List.of("greet"), new Stdio(false, true, false, false));
    loop.execute(
        () -> {
          var _ = server.urlFor(request).thenAccept(System.out::println);
        });
  }

  @Override
  public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
    streams.stdout().orElseThrow().write(Unpooled.copiedBuffer("Good day.\n", UTF_8));
    return CompletableFuture.completedFuture(new Outcome.Exited(0));
  }

  @Override
  public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
    return CompletableFuture.completedFuture(new Outcome.Failed("nothing runs here"));
  }
}
