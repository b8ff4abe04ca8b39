/**
 * The streaming server of Kubernetes' exec, attach and port-forward, for any Java program: {@link
 * io.conmonj.streaming.server.StreamingServer} serves what a {@link
 * io.conmonj.streaming.StreamingBackend} does.
 */
@SuppressWarnings("module") // The one that shares the wire is built after this.
module io.conmonj.streaming {
  requires transitive io.netty.buffer;
  requires transitive io.netty.common;
  requires transitive io.netty.transport;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.handler;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires org.slf4j;

  exports io.conmonj.streaming;
  exports io.conmonj.streaming.memory;
  exports io.conmonj.streaming.server;
  exports io.conmonj.streaming.tcp;
  exports io.conmonj.streaming.tls;
  exports io.conmonj.streaming.wire to
      io.conmonj.client;
}
