package io.conmonj.streaming.server;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Work that notes what it is told, and ends only when the test says so. */
final class Watcher implements TestServer.Work {
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  final CompletableFuture<SessionStreams> streams = new CompletableFuture<>();

  @Override
  public void start(SessionStreams session, CompletableFuture<Outcome> end) {
    session.onDisconnect(() -> heard.add("disconnected"));
    session
        .stdin()
        .ifPresent(
            stdin ->
                stdin.receive(
                    new InboundStream.Receiver() {
                      @Override
                      public void data(ByteBuf bytes) {
                        heard.add("data " + bytes.toString(StandardCharsets.UTF_8));
                        bytes.release();
                      }

                      @Override
                      public void end() {
                        heard.add("end, connected: " + session.isConnected());
                      }
                    }));
    var _ = outcome.thenAccept(end::complete);
    streams.complete(session);
  }

  String next() throws InterruptedException {
    return heard.poll(60, TimeUnit.SECONDS);
  }
}
