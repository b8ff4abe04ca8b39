package io.conmonj.streaming.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory is held for one purpose, and how much may be. An account may be divided into
 * shares, one for each user: what a share holds, the account holds too.
 *
 * <p>The room of a share is what is still free in the whole account: as long as it holds no more
 * than that. So a single user may take half of everything, a hundred users a hundredth each, and
 * the greedy are stopped before the modest, who can go on in what is left. A small {@linkplain
 * #assured assured} amount is there for each share however full the account is.
 *
 * <p>A share has two directions. What comes from its user counts in the share. What goes to its
 * user counts in the share, and there in its {@linkplain #outgoing outgoing} part too. Each
 * direction has the assured amount for itself. For what a user has sent can fill his share, waiting
 * for somebody who takes more of it only when what he says himself is read: a program that echoes
 * does so.
 *
 * <p>{@link #hold} and {@link #free} may be called by any thread, everything else by the thread
 * that uses the account.
 */
public final class MemoryAccount {
  private final String name;
  private final long limit;
  private final long assured;

  /** What this is a share or part of; null for an account of its own. */
  private final MemoryAccount whole;

  /** Of a share; an account of its own and a part have no other direction. */
  private final MemoryAccount outgoing;

  private final Executor executor;
  private final AtomicLong held = new AtomicLong();
  private final AccountedAllocator allocator = new AccountedAllocator(this);

  /** Those who wait for room, of this account and its shares; kept by the whole account. */
  private final List<Waiter> waiters = new ArrayList<>(0);

  /** For tests of what happens when there is no memory; null otherwise. */
  private volatile Runnable beforeEachBuffer;

  private final AtomicBoolean someoneWaits = new AtomicBoolean();
  private final AtomicBoolean lookPlanned = new AtomicBoolean();
  private final Runnable tellWaiters = this::tellWaiters;

  private record Waiter(MemoryAccount account, Runnable action) {}

  private MemoryAccount(String name, long limit, Executor executor) {
    this.name = name;
    this.limit = limit;
    this.assured = 0;
    this.whole = null;
    this.executor = executor;
    this.outgoing = this;
  }

  private MemoryAccount(MemoryAccount whole, long limit, long assured, boolean isPart) {
    this.name = whole.name;
    this.limit = limit;
    this.assured = assured;
    this.whole = whole;
    this.executor = whole.executor;
    this.outgoing = isPart ? this : new MemoryAccount(this, limit, assured, true);
  }

  /**
   * Opens an account.
   *
   * @param name for operators
   * @param limit in bytes
   * @param executor the thread that uses it, on which those who wait for room are told
   */
  public static MemoryAccount open(String name, long limit, Executor executor) {
    return new MemoryAccount(name, limit, executor);
  }

  /**
   * The account on which an allocator's buffers are counted; one without bounds for an allocator
   * that does not count.
   */
  public static MemoryAccount of(ByteBufAllocator allocator) {
    return allocator instanceof AccountedAllocator counting
        ? counting.account()
        : new MemoryAccount("uncounted", Long.MAX_VALUE, Runnable::run);
  }

  /**
   * Opens a share of this account.
   *
   * @param most what it may hold, in bytes, however much is free
   * @param assured what it may hold in each direction, in bytes, however little is free
   */
  public MemoryAccount share(long most, long assured) {
    return new MemoryAccount(this, most, assured, false);
  }

  /**
   * The part of a share for what goes to its user, and was not taken yet. Of any other account it
   * is the account itself.
   */
  public MemoryAccount outgoing() {
    return outgoing;
  }

  /** What it is for, as operators are told. */
  public String name() {
    return name;
  }

  /** How much may be held, in bytes. */
  public long limit() {
    return limit;
  }

  /** How much is held, in bytes; of a share, in both directions. */
  public long held() {
    return held.get();
  }

  /**
   * How much more may be held, in bytes; zero or less when nothing more should be taken. What is
   * taken in one piece should be no longer than this.
   */
  public long room() {
    return whole == null ? limit - held.get() : Math.max(assured - own(), free());
  }

  /** How much more may be held without what is assured; a part has what its share has. */
  private long free() {
    if (isPart()) {
      return whole.free();
    }
    return Math.min(limit, whole.limit - whole.held.get()) - held.get();
  }

  private boolean isPart() {
    return whole != null && outgoing == this;
  }

  /** What is held in this direction, in bytes. */
  private long own() {
    return outgoing == this ? held.get() : held.get() - outgoing.held.get();
  }

  /** Whether more may be taken. */
  public boolean hasRoom() {
    return room() > 0;
  }

  /**
   * Whether as much may be taken as is held in this direction: whoever {@linkplain #whenRoom waits}
   * for room is told then, so that he does not have to wait again at once.
   */
  boolean hasRoomAgain() {
    long room = room();
    return room > 0 && room >= own();
  }

  /**
   * Whether less than half of the whole account is held: who takes more than he needs harms nobody.
   */
  public boolean isAmple() {
    MemoryAccount top = top();
    return top.held.get() < top.limit / 2;
  }

  /**
   * Takes memory for an object if there is room for all of it.
   *
   * @param bytes how much
   * @return false if there is none; nothing is held then
   */
  public boolean tryHold(long bytes) {
    if (room() < bytes) {
      return false;
    }
    hold(bytes);
    return true;
  }

  /** Counts memory that has been taken. */
  public void hold(long bytes) {
    for (MemoryAccount each = this; each != null; each = each.whole) {
      each.held.addAndGet(bytes);
    }
  }

  /** Memory that was counted has been given back. */
  public void free(long bytes) {
    hold(-bytes);
    MemoryAccount top = top();
    if (top.someoneWaits.get()) {
      try {
        top.planLook();
      } catch (OutOfMemoryError tight) {
        // Whoever frees something is the last to be told so; the next one tries again.
      }
    }
  }

  private void planLook() {
    if (lookPlanned.compareAndSet(false, true)) {
      try {
        executor.execute(tellWaiters);
      } catch (OutOfMemoryError tight) {
        lookPlanned.set(false);
        throw tight;
      }
    }
  }

  /** Something that was counted has become longer or shorter. */
  void change(long from, long to) {
    if (to > from) {
      hold(to - from);
    } else {
      free(from - to);
    }
  }

  /**
   * Waits for {@linkplain #hasRoomAgain room}.
   *
   * @param action called once, later, on the account's thread
   * @throws OutOfMemoryError when there is no memory to note it; then it is not called
   */
  public void whenRoom(Runnable action) {
    MemoryAccount top = top();
    top.waiters.add(new Waiter(this, action));
    top.someoneWaits.set(true);
    // What has been freed by another thread before it could see that somebody waits.
    try {
      top.planLook();
    } catch (OutOfMemoryError tight) {
      top.waiters.removeLast();
      throw tight;
    }
  }

  /**
   * Has a buffer count here that was made for another account: it is held for somebody else now.
   *
   * @param buffer made by an account's allocator, and no slice of one; others are left alone
   */
  public void adopt(ByteBuf buffer) {
    AccountedAllocator.move(buffer, this);
  }

  /**
   * For tests: has somebody asked before each buffer of this account and its shares.
   *
   * @param probe throws what is to be thrown instead
   */
  void probe(Runnable probe) {
    beforeEachBuffer = probe;
  }

  /** A buffer is about to be made, or to become longer. */
  void ask() {
    Runnable probe = top().beforeEachBuffer;
    if (probe != null) {
      probe.run();
    }
  }

  /** Makes buffers that count as held until their last share is released. */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  /** The one that keeps those who wait. */
  private MemoryAccount top() {
    MemoryAccount top = this;
    while (top.whole != null) {
      top = top.whole;
    }
    return top;
  }

  private void tellWaiters() {
    lookPlanned.set(false);
    Error failure = null;
    for (int i = 0; i < waiters.size(); ) {
      Waiter each = waiters.get(i);
      if (each.account.hasRoomAgain()) {
        waiters.remove(i);
        failure = tell(each, failure);
      } else {
        i++;
      }
    }
    if (waiters.isEmpty()) {
      someoneWaits.set(false);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** One that fails must not cost the others that they are told. */
  private static Error tell(Waiter one, Error before) {
    try {
      one.action.run();
      return before;
    } catch (Error failed) {
      return failed;
    }
  }
}
