package io.conmonj.monitor.holder;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Packet;
import io.conmonj.kernel.Poll;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Requests and their answers over the socket to the holder, which answers each at once. Events that
 * come in between are given to {@link Events}, without taking memory. Loop thread only.
 */
final class Exchange implements AutoCloseable {
  private final Fd socket;
  private final Events events;
  private final long patienceNanos;
  private final Packet sent = new Packet(Protocol.PACKET_BYTES);
  private final Packet received = new Packet(Protocol.PACKET_BYTES);
  private final Body request = new Body(sent);
  private final Body answer = new Body(received);
  private final ToldRequests told = new ToldRequests();
  private int sequence;
  private boolean together;
  private boolean over;

  /** Where events go that have been read. */
  interface Events {
    /**
     * Takes note of an event; must take no memory, for it is not told again.
     *
     * @param kind of {@link Protocol}, or unknown
     * @param packet the event; its descriptors are closed afterwards
     */
    void read(int kind, Packet packet);

    /** The holder is gone, or does not answer; may be said more than once. Takes no memory. */
    void gone();
  }

  /**
   * @param socket belongs to this from here on, unless this throws
   * @param patience how long an answer is waited for
   */
  Exchange(Fd socket, Events events, Duration patience) throws KernelException {
    Fcntl.setNonBlocking(socket, true);
    Fcntl.setCloseOnExec(socket, true);
    this.socket = socket;
    this.events = events;
    this.patienceNanos = patience.toNanos();
  }

  Fd socket() {
    return socket;
  }

  /** Whether the holder can be asked nothing any more. */
  boolean isOver() {
    return over;
  }

  /** From here on nothing is asked; after a farewell, or when the holder is gone. */
  void end() {
    over = true;
  }

  /**
   * The body of the next request, cleared; to be filled in before it is {@link #ask asked}.
   *
   * @throws KernelException EPIPE when nothing can be asked any more
   */
  Body request(int length) throws KernelException {
    if (over) {
      throw new KernelException(Errno.EPIPE, "ask the holder", "");
    }
    sent.clear(Protocol.HEADER_BYTES + length);
    return request;
  }

  /**
   * Sends the request, and waits for its answer.
   *
   * @param length of its body
   * @param what for errors: the request in words
   * @return the answer's body, valid until the next request
   * @throws KernelException the errno that the holder answers with; EPIPE or another when it is
   *     gone
   */
  Body ask(int kind, int length, List<Fd> descriptors, String what, String subject)
      throws KernelException {
    sequence++;
    int errno;
    try {
      long deadline = System.nanoTime() + patienceNanos;
      send(kind, length, descriptors, deadline);
      awaitAnswer(deadline);
      errno = received.truncated() ? Errno.EMFILE : received.getInt(Protocol.AT_ERRNO);
    } catch (KernelException failed) {
      throw noted(failed);
    }
    if (errno != 0) {
      received.dropDescriptors();
      throw new KernelException(errno, what, subject);
    }
    return answer;
  }

  /** Sends the request, as {@link #ask}; within {@link #together} no answer is waited for. */
  void tell(int kind, int length, List<Fd> descriptors, String what, String subject)
      throws KernelException {
    if (!together) {
      ask(kind, length, descriptors, what, subject);
      return;
    }
    sequence++;
    told.add(kind, sequence, what, subject);
    sent.putInt(Protocol.AT_ERRNO, Protocol.QUIET);
    try {
      send(kind, length, descriptors, System.nanoTime() + patienceNanos);
    } catch (KernelException failed) {
      throw noted(failed);
    }
  }

  /**
   * Has many requests sent one after the other, and then waits until all are done.
   *
   * @param batch {@linkplain #tell tells} them
   * @return what was refused
   * @throws IOException what the batch has thrown; EPIPE or another when the holder is gone
   */
  List<ToldRequests.Refused> together(DescriptorStore.Batch batch) throws IOException {
    told.clear();
    together = true;
    try {
      batch.run();
    } finally {
      together = false;
    }
    // Its answer comes behind theirs.
    request(4).putInt(0, 0);
    ask(Protocol.LIST, 4, List.of(), "list processes", "");
    return told.take();
  }

  /** What is the end of the socket is the end of all. */
  private KernelException noted(KernelException failed) {
    if (isEnd(failed)) {
      end();
      events.gone();
    }
    return failed;
  }

  /** The descriptors that came with the answer. */
  List<Fd> descriptors() {
    return received.takeDescriptors();
  }

  private void send(int kind, int length, List<Fd> descriptors, long deadline)
      throws KernelException {
    int bytes = Protocol.HEADER_BYTES + length;
    sent.putShort(Protocol.AT_VERSION, Protocol.VERSION);
    sent.putShort(Protocol.AT_KIND, kind);
    sent.putInt(Protocol.AT_LENGTH, bytes);
    sent.putInt(Protocol.AT_SEQUENCE, sequence);
    while (!sent.send(socket, bytes, descriptors)) {
      // The holder takes nothing while there is no room for its answer.
      if (!readEvents()) {
        waitFor(true, deadline);
      }
    }
  }

  private void awaitAnswer(long deadline) throws KernelException {
    while (!readAnswer()) {
      waitFor(false, deadline);
    }
  }

  /**
   * Waits for what comes next, and reads the events that are there.
   *
   * @param deadline of {@link System#nanoTime}
   * @throws KernelException EPIPE or another when the holder is gone, ETIMEDOUT
   */
  void awaitEvents(long deadline) throws KernelException {
    try {
      if (!readEvents()) {
        waitFor(false, deadline);
      }
    } catch (KernelException failed) {
      if (isEnd(failed)) {
        end();
      }
      throw failed;
    }
  }

  private void waitFor(boolean room, long deadline) throws KernelException {
    int millis = millisTo(deadline);
    try {
      boolean _ = room ? Poll.readableOrWritable(socket, millis) : Poll.readable(socket, millis);
    } catch (KernelException noMemory) {
      // It is tried again, for the answer will come.
    }
  }

  private static int millisTo(long deadline) throws KernelException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new KernelException(Errno.ETIMEDOUT, "wait for the holder", "");
    }
    return (int) TimeUnit.NANOSECONDS.toMillis(left) + 1;
  }

  /** Reads up to the answer of the latest request; false if it is not there yet. */
  private boolean readAnswer() throws KernelException {
    while (receive()) {
      if (received.getShort(Protocol.AT_KIND) == Protocol.ANSWER
          && received.getInt(Protocol.AT_SEQUENCE) == sequence) {
        return true;
      }
      noteEvent();
    }
    return false;
  }

  /**
   * Reads all events that are there.
   *
   * @return whether there were any
   * @throws KernelException EPIPE or another when the holder is gone
   */
  boolean readEvents() throws KernelException {
    boolean any = false;
    while (receive()) {
      noteEvent();
      any = true;
    }
    return any;
  }

  private void noteEvent() {
    int kind = received.getShort(Protocol.AT_KIND);
    if (kind == Protocol.ANSWER) {
      told.refused(received.getInt(Protocol.AT_SEQUENCE), received.getInt(Protocol.AT_ERRNO));
    } else {
      events.read(kind, received);
    }
    received.dropDescriptors();
  }

  /** The socket is of no use any more. */
  private static boolean isEnd(KernelException failed) {
    int errno = failed.errno();
    return errno == Errno.EPIPE || errno == Errno.ECONNRESET || errno == Errno.ETIMEDOUT;
  }

  private boolean receive() throws KernelException {
    int length;
    try {
      length = received.receive(socket);
    } catch (KernelException failed) {
      if (isEnd(failed)) {
        throw failed;
      }
      // For want of memory: what has come is still there.
      return false;
    }
    if (length == 0) {
      throw new KernelException(Errno.EPIPE, "read from the holder", "");
    }
    return length >= Protocol.HEADER_BYTES;
  }

  @Override
  public void close() {
    over = true;
    if (!socket.closed()) {
      socket.close();
      sent.close();
      received.close();
    }
  }
}
