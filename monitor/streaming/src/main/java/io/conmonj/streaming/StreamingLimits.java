package io.conmonj.streaming;

import java.time.Duration;

/**
 * The bounds of a streaming server. All durations are positive unless said.
 *
 * @param tokenLifetime how long a URL can be redeemed
 * @param outstandingTokens how many URLs may wait to be redeemed
 * @param headerTimeout how long a connection may take to send its request
 * @param waitingConnections how many connections may be without a complete request
 * @param streamCreation how long a client of SPDY may take to open all streams of a command, or
 *     both of a forwarded connection
 * @param idleTimeout how long a session may go without a byte of its streams, pings not counted;
 *     zero for ever
 * @param closeWait how long a session that has ended waits for its client to read all and to close
 * @param errorLinger how long a connection that broke the protocol is kept for its client to read
 *     the answer
 * @param stdinBuffer bytes of input kept for a backend that does not take them, before the client
 *     is held back; four times as many while less than half of the sessions' memory is held
 * @param outputLow bytes waiting to be sent below which the backend may write again
 * @param outputHigh bytes waiting to be sent from which the backend is told to pause
 * @param portForward what each forwarded connection may take
 * @param sessions how many sessions may be connected
 * @param memory how much memory they may hold
 */
public record StreamingLimits(
    Duration tokenLifetime,
    int outstandingTokens,
    Duration headerTimeout,
    int waitingConnections,
    Duration streamCreation,
    Duration idleTimeout,
    Duration closeWait,
    Duration errorLinger,
    int stdinBuffer,
    int outputLow,
    int outputHigh,
    PortForwardLimits portForward,
    SessionLimits sessions,
    MemoryLimits memory) {

  /**
   * The defaults. Lifetime, number of tokens, the times for creation and idleness and the wait for
   * the close are those of the kubelet's streaming library; the buffers are small because each
   * client has its own, and large enough that a loopback socket does not run empty while one is
   * filled again.
   */
  public static final StreamingLimits DEFAULT =
      new StreamingLimits(
          Duration.ofMinutes(1),
          1000,
          Duration.ofSeconds(10),
          256,
          Duration.ofSeconds(30),
          Duration.ofHours(4),
          Duration.ofMinutes(15),
          Duration.ofSeconds(5),
          256 * 1024,
          64 * 1024,
          256 * 1024,
          PortForwardLimits.DEFAULT,
          SessionLimits.DEFAULT,
          MemoryLimits.DEFAULT);

  /** These limits with another time for a URL to be redeemed. */
  public StreamingLimits withTokenLifetime(Duration time) {
    Change change = new Change(this);
    change.tokenLifetime = time;
    return change.made();
  }

  /** These limits with another idle time; zero for none. */
  public StreamingLimits withIdleTimeout(Duration time) {
    Change change = new Change(this);
    change.idleTimeout = time;
    return change.made();
  }

  /** These limits with another wait for the client's close. */
  public StreamingLimits withCloseWait(Duration time) {
    Change change = new Change(this);
    change.closeWait = time;
    return change.made();
  }

  /** These limits with another time for a connection to send its request. */
  public StreamingLimits withHeaderTimeout(Duration time) {
    Change change = new Change(this);
    change.headerTimeout = time;
    return change.made();
  }

  /** These limits with another time for a client to open its streams. */
  public StreamingLimits withStreamCreation(Duration time) {
    Change change = new Change(this);
    change.streamCreation = time;
    return change.made();
  }

  /** These limits with others for forwarded connections. */
  public StreamingLimits withPortForward(PortForwardLimits limits) {
    Change change = new Change(this);
    change.portForward = limits;
    return change.made();
  }

  /** These limits with other numbers of sessions. */
  public StreamingLimits withSessions(SessionLimits limits) {
    Change change = new Change(this);
    change.sessions = limits;
    return change.made();
  }

  /** These limits with others for the memory that sessions hold. */
  public StreamingLimits withMemory(MemoryLimits limits) {
    Change change = new Change(this);
    change.memory = limits;
    return change.made();
  }

  /** What may be changed of some limits; the others stay. */
  private static final class Change {
    private final StreamingLimits from;
    private Duration tokenLifetime;
    private Duration headerTimeout;
    private Duration streamCreation;
    private Duration idleTimeout;
    private Duration closeWait;
    private PortForwardLimits portForward;
    private SessionLimits sessions;
    private MemoryLimits memory;

    Change(StreamingLimits from) {
      this.from = from;
      tokenLifetime = from.tokenLifetime;
      headerTimeout = from.headerTimeout;
      streamCreation = from.streamCreation;
      idleTimeout = from.idleTimeout;
      closeWait = from.closeWait;
      portForward = from.portForward;
      sessions = from.sessions;
      memory = from.memory;
    }

    StreamingLimits made() {
      return new StreamingLimits(
          tokenLifetime,
          from.outstandingTokens,
          headerTimeout,
          from.waitingConnections,
          streamCreation,
          idleTimeout,
          closeWait,
          from.errorLinger,
          from.stdinBuffer,
          from.outputLow,
          from.outputHigh,
          portForward,
          sessions,
          memory);
    }
  }
}
