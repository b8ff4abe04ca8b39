package io.conmonj.it.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes round trips on a session, one after another, until it is stopped or one fails. */
public final class HonestClient implements AutoCloseable {
  private static final int PAYLOAD = 600;

  /** Between two round trips, so that the client itself is no load. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int MAX_KEPT = 1 << 20;

  private final EchoSession session;
  private final Thread thread;
  private final ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
  private long[] nanos = new long[1024];
  private int count;
  private IOException failure;
  private boolean stopped;

  private HonestClient(EchoSession session) {
    this.session = session;
    new Random(1).nextBytes(payload.array());
    thread = Thread.ofPlatform().daemon().name("honest-client").unstarted(this::run);
  }

  /** Starts; the client closes the session. */
  public static HonestClient start(EchoSession session) {
    HonestClient client = new HonestClient(session);
    client.thread.start();
    return client;
  }

  private void run() {
    try {
      for (long i = 0; !isStopped(); i++) {
        payload.putLong(0, i);
        long start = System.nanoTime();
        byte[] echoed = session.roundTrip(payload.array());
        add(System.nanoTime() - start);
        if (!Arrays.equals(echoed, payload.array())) {
          throw new IOException("round trip " + i + " came back changed");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (IOException failed) {
      fail(failed);
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized void fail(IOException failed) {
    failure = failed;
  }

  private synchronized void add(long took) {
    if (count == nanos.length && count < MAX_KEPT) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++ % nanos.length] = took;
  }

  /**
   * How many round trips were intact so far.
   *
   * @throws IOException if one was not
   */
  public synchronized int roundTrips() throws IOException {
    if (failure != null) {
      throw new IOException("round trip: " + failure.getMessage(), failure);
    }
    return count;
  }

  /** How long the round trips took from one on, for figures. */
  public synchronized Latencies latenciesFrom(int first) {
    return Latencies.of(Arrays.copyOfRange(nanos, first, Math.min(count, nanos.length)));
  }

  /** Stops after the round trip that is on its way, and ends the session. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      stopped = true;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while an honest client ended", e);
    }
    session.close();
    roundTrips();
  }
}
