package io.conmonj.monitor.holder;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's way to its holder. Each request waits for its answer, which the holder gives at once;
 * one that does not within 10 s is taken for dead. What it refuses is thrown as a {@link
 * KernelException} with its errno (PROTOCOL.md has which). Loop thread only, or before there is a
 * loop the thread that makes it.
 *
 * <p>What a candidate of an {@linkplain Succession upgrade} asks for is done once it has become the
 * active worker, where it changes something: deposits, withdrawals, signals and acknowledgements
 * are in its order; a state that it puts is not kept, and to be put again then; it can start and
 * adopt nothing.
 */
public final class HolderLink implements DescriptorStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HolderLink.class);

  /** The holder answers within a millisecond; one that does not is as good as gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CandidateNews news = new CandidateNews();
  private final Untold untold = new Untold(news);
  private final HeldBack heldBack = new HeldBack();
  private final Exchange exchange;
  private final Echo echo;
  private final Succession succession;
  private final Welcome welcome;
  private final Children children;
  private Watch watch;

  private HolderLink(Fd socket, Duration patience) throws KernelException {
    exchange = new Exchange(socket, untold, patience);
    exchange.request(4).putInt(0, Protocol.VERSION);
    welcome = Welcome.read(ask(Protocol.HELLO, 4, "greet the holder", ""));
    echo = new Echo(exchange);
    succession = new Succession(exchange, news, heldBack, echo);
    children = new Children(exchange, untold, heldBack);
    if (welcome.candidate()) {
      heldBack.begin();
    }
  }

  /**
   * Greets the holder.
   *
   * @param socket the worker's end; belongs to the link from here on, unless this throws
   * @throws KernelException when it does not answer, or does not speak this version
   */
  public static HolderLink of(Fd socket) throws KernelException {
    return of(socket, PATIENCE);
  }

  /** The same, with another time that an answer is waited for. */
  static HolderLink of(Fd socket, Duration patience) throws KernelException {
    return new HolderLink(socket, patience);
  }

  /** What it said to the greeting. */
  public Welcome welcome() {
    return welcome;
  }

  /** How this worker follows another, or another this one. */
  public Succession succession() {
    return succession;
  }

  /** Whether nothing can be asked any more: after a farewell, or because the holder is gone. */
  public boolean isOver() {
    return exchange.isOver();
  }

  /**
   * This worker can do its work: the launcher is told so if it still waits, and from now on what
   * has ended and which signals came.
   *
   * @param standardDescriptorsToGiveUp bits 0, 1 and 2 for those of the holder's own that are to be
   *     {@code /dev/null} from now on
   */
  public void ready(int standardDescriptorsToGiveUp) throws KernelException {
    // There must be room for what this worker did not start itself.
    children.list();
    exchange.request(4).putInt(0, standardDescriptorsToGiveUp);
    ask(Protocol.READY, 4, "become ready", "");
  }

  @Override
  public void deposit(String name, Fd fd, WakeRule rule) throws KernelException {
    if (heldBack.holds()) {
      heldBack.add(() -> deposit(name, fd, rule));
      return;
    }
    named(name, rule);
    exchange.tell(Protocol.DEPOSIT, Protocol.NAME_RECORD_BYTES, List.of(fd), "deposit", name);
  }

  /**
   * Changes when a descriptor wakes.
   *
   * @throws KernelException ENOENT when there is none of this name
   */
  public void rule(String name, WakeRule rule) throws KernelException {
    if (heldBack.holds()) {
      heldBack.add(() -> rule(name, rule));
      return;
    }
    named(name, rule);
    ask(Protocol.DEPOSIT, Protocol.NAME_RECORD_BYTES, "change the rule of", name);
  }

  @Override
  public void withdraw(String name) {
    if (heldBack.holds()) {
      heldBack.add(() -> withdraw(name));
      return;
    }
    try {
      named(name, WakeRule.NEVER);
      exchange.tell(Protocol.WITHDRAW, Protocol.NAME_RECORD_BYTES, List.of(), "withdraw", name);
    } catch (KernelException refused) {
      notWithdrawn(refused);
    }
  }

  private void notWithdrawn(KernelException refused) {
    if (refused.errno() != Errno.ENOENT && !isOver()) {
      LOG.warn("descriptor stays with the holder", refused);
    }
  }

  @Override
  public void together(Batch batch) throws IOException {
    KernelException first = null;
    for (ToldRequests.Refused each : exchange.together(batch)) {
      if (each.kind() == Protocol.WITHDRAW) {
        notWithdrawn(each.why());
      } else if (first == null) {
        first = each.why();
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void named(String name, WakeRule rule) throws KernelException {
    if (rule == WakeRule.READABLE_BUT_ECHO) {
      echo.tell();
    }
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    if (text.length == 0 || text.length > Protocol.NAME_BYTES) {
      throw new IllegalArgumentException("name of a descriptor: '" + name + "'");
    }
    Body body = exchange.request(Protocol.NAME_RECORD_BYTES);
    body.putByte(0, rule.number());
    body.putByte(1, text.length);
    body.putBytes(2, text);
  }

  /** Copies of all descriptors that are kept. They belong to the caller. */
  public List<HeldFd> take() throws KernelException {
    List<HeldFd> found = new ArrayList<>();
    try {
      int next = 0;
      do {
        exchange.request(4).putInt(0, next);
        Body body = ask(Protocol.TAKE, 4, "take descriptors", "");
        List<Fd> descriptors = exchange.descriptors();
        next = body.getInt(0);
        for (int i = 0; i < descriptors.size(); i++) {
          int at = 8 + i * Protocol.NAME_RECORD_BYTES;
          found.add(new HeldFd(body.getText(at + 2, body.getByte(at + 1)), descriptors.get(i)));
        }
      } while (next != 0);
      return found;
    } catch (KernelException | Error failed) {
      found.forEach(each -> each.fd().close());
      throw failed;
    }
  }

  /**
   * Has the holder keep the state, in place of the one before.
   *
   * @param sealedMemoryFile stays the caller's
   */
  public void putState(Fd sealedMemoryFile) throws KernelException {
    if (heldBack.holds()) {
      return; // it is put again by one that has become the active worker
    }
    exchange.request(0);
    exchange.ask(Protocol.PUT_STATE, 0, List.of(sealedMemoryFile), "put state", "");
  }

  /** The state that was put last; the caller's to close. Empty if none was. */
  public Optional<Fd> state() throws KernelException {
    exchange.request(0);
    try {
      ask(Protocol.GET_STATE, 0, "get state", "");
    } catch (KernelException refused) {
      if (refused.errno() == Errno.ENOENT && !isOver()) {
        return Optional.empty();
      }
      throw refused;
    }
    return Optional.of(exchange.descriptors().getFirst());
  }

  /**
   * Starts a program. What takes memory is done before there is a process, but for the answer.
   *
   * @param tag comes back with the process in {@link #list}, whatever happens to this worker
   * @throws KernelException ENOENT, EACCES, E2BIG, ENOSPC, …: nothing is left of it then
   */
  public Started spawn(SpawnCommand command, long tag) throws KernelException {
    return children.spawn(command, tag);
  }

  /**
   * Has an orphan that fell to the holder counted as a process of this monitor, also one that has
   * ended since a launch began that is still in progress.
   *
   * @param notBefore it is refused if it began earlier, in the terms of {@link Started#start}
   * @throws KernelException EEXIST when it is known already, ESRCH when it is none
   */
  public Started adopt(int pid, long tag, long notBefore) throws KernelException {
    return children.adopt(pid, tag, notBefore);
  }

  /** All that were spawned or adopted and are not acknowledged, running or ended. */
  public List<HeldProcess> list() throws KernelException {
    return children.list();
  }

  /**
   * Sends a signal to a child that runs.
   *
   * @param signal 0 only asks whether it could
   * @throws KernelException ESRCH when it does not run, or leads no group
   */
  public void signal(int pid, int signal, Whom whom) throws KernelException {
    children.signal(pid, signal, whom);
  }

  /**
   * What a child's end leads to is done or written down: it can be forgotten.
   *
   * @throws KernelException EBUSY while it runs, ESRCH when it is not known
   */
  public void acknowledge(Started process) throws KernelException {
    children.acknowledge(process);
  }

  /**
   * Says which launches are in progress: ends of orphans are kept that these may claim.
   *
   * @param first the number of the oldest; above {@code last} when there is none
   * @param last the number of the newest
   */
  public void launches(long first, long last) throws KernelException {
    if (heldBack.holds()) {
      heldBack.add(() -> launches(first, last));
      return;
    }
    Body body = exchange.request(16);
    body.putLong(0, first);
    body.putLong(8, last);
    ask(Protocol.LAUNCHES, 16, "tell of launches", "");
  }

  /**
   * Says what is sent back instead of starting a worker, where the rule is {@link
   * WakeRule#READABLE_BUT_ECHO}: a message of this length that begins so, and comes alone. The
   * holder is told before it gets a descriptor with that rule.
   *
   * @param length at most 32
   * @param beginning at least one byte
   */
  public void echo(int length, byte[] beginning) {
    echo.of(length, beginning);
  }

  /**
   * Lets the holder wait without a worker. This process is to end then.
   *
   * @param wakeAtMonotonicNanos when a worker is wanted at the latest; 0 for no such time
   * @return false while something is to be told or acknowledged, so that nothing has changed
   */
  public boolean sleep(long wakeAtMonotonicNanos) throws KernelException {
    exchange.request(8).putLong(0, wakeAtMonotonicNanos);
    try {
      ask(Protocol.SLEEP, 8, "go to sleep", "");
    } catch (KernelException refused) {
      if (refused.errno() == Errno.EAGAIN) {
        return false;
      }
      throw refused;
    }
    over();
    return true;
  }

  /**
   * Lets the holder end as soon as this process has.
   *
   * @param status its exit status, 0 to 255
   */
  public void end(int status) throws KernelException {
    exchange.request(4).putInt(0, status);
    ask(Protocol.END, 4, "end", "");
    over();
  }

  /**
   * Says where the holder says what it has to say.
   *
   * @param prefix what each message begins with there, at most 252 bytes; it ends with a line feed
   * @param datagramSocket where it goes, as one write; empty for the holder's standard error
   */
  public void logTo(String prefix, Optional<Fd> datagramSocket) throws KernelException {
    byte[] text = prefix.getBytes(StandardCharsets.UTF_8);
    if (text.length > Protocol.LOG_PREFIX_BYTES) {
      throw new IllegalArgumentException("prefix of " + text.length + " bytes");
    }
    int length = 4 + Protocol.LOG_PREFIX_BYTES;
    Body body = exchange.request(length);
    body.putInt(0, text.length);
    body.putBytes(4, text);
    List<Fd> socket = datagramSocket.isPresent() ? List.of(datagramSocket.get()) : List.of();
    exchange.ask(Protocol.LOG, length, socket, "say where to log", "");
  }

  /**
   * Tells events on the loop from now on, those that have come before too. To be called once, on
   * the loop's thread.
   */
  public void watch(EventLoop loop, HolderEvents events) throws IOException {
    untold.watch(loop, events);
    watch = loop.watch(exchange.socket(), Interest.READ, new Listening());
  }

  private final class Listening implements ReadinessListener {
    @Override
    public void onReady(boolean readable, boolean writable) {
      try {
        exchange.readEvents();
      } catch (KernelException ended) {
        gone();
      }
    }

    @Override
    public boolean outlives(Error error) {
      return true;
    }
  }

  private void gone() {
    over();
    untold.gone();
  }

  private void over() {
    exchange.end();
    if (watch != null) {
      watch.close();
    }
  }

  private Body ask(int kind, int length, String what, String subject) throws KernelException {
    return exchange.ask(kind, length, List.of(), what, subject);
  }

  /** Ends the link; a holder that was not said farewell to will start another worker. */
  @Override
  public void close() {
    over();
    exchange.close();
  }
}
