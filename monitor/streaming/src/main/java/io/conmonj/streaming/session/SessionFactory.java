package io.conmonj.streaming.session;

import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.live.LiveSession;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.portforward.PortForwardSession;
import io.conmonj.streaming.portforward.PortForwardTransport;
import io.conmonj.streaming.remotecommand.RemoteCommandSession;
import io.conmonj.streaming.remotecommand.RemoteCommandTransport;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;

/**
 * Makes the sessions of one server, for transports that know what a client asked for and how it is
 * connected, and nothing else. Used on the event loop thread only.
 */
public final class SessionFactory {
  /** What a few forwarded connections take, in bytes, which each session may have. */
  private static final long ASSURED_PAIRS = 8 * 1024;

  private final EventExecutor executor;
  private final StreamingLimits limits;
  private final StreamingBackend backend;
  private final LiveSessions sessions;
  private final MemoryAccount compression;
  private final MemoryAccount pairs;

  /**
   * @param executor the event loop of the server and its connections
   * @param limits bounds the sessions
   * @param backend works for them
   * @param sessions lists them
   * @param compression counts the state of SPDY's header compression
   * @param pairs counts the objects of forwarded connections
   */
  public SessionFactory(
      EventExecutor executor,
      StreamingLimits limits,
      StreamingBackend backend,
      LiveSessions sessions,
      MemoryAccount compression,
      MemoryAccount pairs) {
    this.executor = executor;
    this.limits = limits;
    this.backend = backend;
    this.sessions = sessions;
    this.compression = compression;
    this.pairs = pairs;
  }

  /**
   * Whether there may be one more session.
   *
   * @return why not, for the person at the client; empty when there may
   */
  public Optional<String> refusal(SessionKind kind) {
    return sessions.refusal(kind, limits.sessions());
  }

  /** Where the objects of a session's forwarded connections count: half of all may be its own. */
  public MemoryAccount pairs() {
    return pairs.share(pairs.limit() / 2, ASSURED_PAIRS);
  }

  /** A client of SPDY has seen whether the server is there, and nothing else. */
  public void pinged() {
    sessions.pinged();
  }

  /** Where the state of SPDY's header compression counts. */
  public MemoryAccount compression() {
    return compression;
  }

  /**
   * Makes an exec or attach session.
   *
   * @param request what it is for
   * @param protocol what its client speaks, as it is listed
   * @param transport the connection to the client, which is called from {@link
   *     RemoteCommandSession#opened} on
   */
  public RemoteCommandSession remoteCommand(
      RemoteCommandRequest request, String protocol, RemoteCommandTransport transport) {
    return new RemoteCommandSession(
        request, backend, transport, executor, limits, sessions.entry(request, protocol));
  }

  /**
   * Makes an exec or attach session that another server has had.
   *
   * @param in what that has written down: what a session is made by is read
   * @param transport the connection to the client, which is called from {@link
   *     RemoteCommandSession#thaw} on
   */
  public RemoteCommandSession remoteCommand(
      SessionKind kind, StateReader in, RemoteCommandTransport transport)
      throws UnreadableStateException {
    LiveSession live = sessions.thaw(kind, in);
    Stdio stdio = new Stdio(in.flag(), in.flag(), in.flag(), in.flag());
    return new RemoteCommandSession(stdio, backend, transport, executor, limits, live);
  }

  /**
   * Makes a session that forwards ports.
   *
   * @param request what it is for
   * @param protocol what its client speaks, as it is listed
   * @param transport the connection to the client, which is called from {@link
   *     PortForwardSession#start} on
   */
  public PortForwardSession portForward(
      PortForwardRequest request, String protocol, PortForwardTransport transport) {
    return new PortForwardSession(
        request, backend, transport, executor, limits, sessions.entry(request, protocol));
  }

  /**
   * Makes a session that forwards ports, and that another server has had.
   *
   * @param in what that has written down: what a session is made by is read
   * @param transport the connection to the client, which is called from {@link
   *     PortForwardSession#thaw} on
   */
  public PortForwardSession portForward(StateReader in, PortForwardTransport transport)
      throws UnreadableStateException {
    LiveSession live = sessions.thaw(SessionKind.PORT_FORWARD, in);
    try {
      PortForwardRequest request = new PortForwardRequest(live.target(), in.numbers());
      return new PortForwardSession(request, backend, transport, executor, limits, live);
    } catch (IllegalArgumentException senseless) {
      throw new UnreadableStateException("request: " + senseless.getMessage());
    }
  }
}
