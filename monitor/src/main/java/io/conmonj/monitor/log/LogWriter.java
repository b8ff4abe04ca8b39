package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does all log files' I/O, so that a slow disk makes the logs wait and nobody else. One thread does
 * it for all drivers of a monitor; it starts at the first use and ends when idle. When the disk
 * does not answer it for a while and others wait, it is left to that one log, and another thread
 * goes on with the others: a file system that hangs stalls the logs that are on it.
 *
 * <p>There are at most {@link #MOST_THREADS} at a time, of which four may hang on one file system
 * ({@link Place}), and four in opening files. If all of them hang, every log waits until one comes
 * back; nothing is lost, since what waits holds its container back.
 *
 * <p>INVARIANT: at most one thread takes work; all others hang, or find out that they did.
 */
public final class LogWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /** Shown in thread dumps. */
  static final String THREAD_NAME = "log-writer";

  /** Threads at most, those that hang included. */
  static final int MOST_THREADS = 8;

  /** How long the thread waits for work before it ends: longer than a chatty container's pauses. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** A disk that has not answered for so long hangs: a busy one mostly does so earlier. */
  private static final long HUNG_NANOS = Duration.ofMillis(500).toNanos();

  /**
   * How long to wait when the thread cannot be started: a pod may be up to its limit of tasks
   * (pids.max of its cgroup), and the monitor may be in there with it.
   */
  private static final long THREAD_RETRY_NANOS = Duration.ofMillis(100).toNanos();

  /**
   * Size of the buffers between chunks and files, in bytes, and so the longest record. Larger ones
   * do not make it faster, and every thread that writes logs has three of them.
   */
  static final int BUFFER_SIZE = 32 * 1024;

  private final EventLoop loop;
  private final Duration idle;
  private final ThreadFactory threadFactory;
  private final Duty look;

  // guarded by this object's lock
  private final QueueList ready = new QueueList();
  private final Map<Long, Place> places = new HashMap<>();
  private final Place unknownPlace = new Place();
  private int threads;
  private WriterThread active;
  private Scratch spareScratch;

  /**
   * Makes a writer; no thread starts yet.
   *
   * @param loop where the drivers' callers are told of results
   */
  public LogWriter(EventLoop loop) {
    this(loop, IDLE);
  }

  /** Makes a writer whose thread waits another time for work before it ends. */
  LogWriter(EventLoop loop, Duration idle) {
    this(loop, idle, LogWriter::newThread);
  }

  /** Makes a writer that gets its threads elsewhere. */
  LogWriter(EventLoop loop, Duration idle, ThreadFactory threadFactory) {
    this.loop = loop;
    this.idle = idle;
    this.threadFactory = threadFactory;
    this.look = loop.duty(this::lookForHang);
  }

  private static Thread newThread(Runnable body) {
    return Thread.ofPlatform().name(THREAD_NAME).daemon().unstarted(body);
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * A queue for the work of one log.
   *
   * @param name what the work is about, for messages
   */
  TaskQueue newQueue(String name) {
    return new TaskQueue(this, name, unknownPlace);
  }

  /** How many threads there are, those that hang included. */
  synchronized int threads() {
    return threads;
  }

  // ---- for the queues ----

  // Takes no memory: whoever has put something to be written into his backlog relies on it.
  synchronized void enqueue(TaskQueue queue, QueuedTask task) {
    queue.add(task);
    if (!queue.scheduled) {
      queue.scheduled = true;
      ready.add(queue);
      findThread();
    }
  }

  synchronized void move(TaskQueue queue, long fileSystem) {
    queue.place = places.computeIfAbsent(fileSystem, _ -> new Place());
  }

  // ---- which thread does it; the lock is held ----

  private void findThread() {
    if (active == null) {
      startThread();
    } else if (active.queue() == null) {
      notifyAll();
    } else if (active.nanosBusy() >= HUNG_NANOS) {
      leaveBehind(active);
    } else {
      look.dueAfter(HUNG_NANOS);
    }
  }

  private synchronized void lookForHang() {
    if (!ready.isEmpty()) {
      findThread();
    }
  }

  /** The thread keeps the log that it is busy with; another takes the rest. */
  private void leaveBehind(WriterThread hung) {
    hung.hang();
    active = null;
    startThread();
    try {
      LOG.warn("{}: the disk does not answer, other logs go on without it", hung.queue());
      if (threads == MOST_THREADS && active == null) {
        LOG.error("{} logs hang, all others wait for one of them", threads);
      }
    } catch (OutOfMemoryError tight) {
      // It is done, though not told.
    }
  }

  /** The other end of that. */
  void answersAgain(TaskQueue queue) {
    try {
      LOG.info("{}: the disk answers again", queue);
    } catch (OutOfMemoryError tight) {
      // It is so, though not told.
    }
  }

  private void startThread() {
    if (active != null || threads >= MOST_THREADS) {
      return;
    }
    threads++;
    try {
      active = new WriterThread(this, spareScratch == null ? new Scratch() : spareScratch);
      threadFactory.newThread(active).start();
      spareScratch = null;
    } catch (Error noThread) {
      active = null;
      threads--;
      startThreadLater(noThread);
    }
  }

  private void startThreadLater(Error noThread) {
    look.dueAfter(THREAD_RETRY_NANOS);
    try {
      LOG.warn("start thread {}: {}, trying again", THREAD_NAME, noThread.getMessage());
    } catch (OutOfMemoryError tight) {
      // It is tried again, though not told.
    }
  }

  // ---- for the threads ----

  /** Waits for work for a thread; null when the thread shall end. */
  synchronized TaskQueue await(WriterThread thread) {
    long end = System.nanoTime() + idle.toNanos();
    while (active == thread || active == null) {
      active = thread;
      TaskQueue next = firstThatMayBegin();
      if (next != null) {
        thread.begin(next);
        if (!ready.isEmpty()) {
          look.dueAfter(HUNG_NANOS);
        }
        return next;
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        active = null;
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException nobodyDoesThat) {
        LOG.debug("thread {} was interrupted", THREAD_NAME);
      }
    }
    threads--;
    spareScratch = thread.scratch();
    return null;
  }

  private TaskQueue firstThatMayBegin() {
    TaskQueue next = ready.poll();
    while (next != null && next.place.isFull()) {
      next.place.parked.add(next);
      next = ready.poll();
    }
    return next;
  }

  synchronized LogTask task(TaskQueue queue) {
    return queue.remove();
  }

  synchronized void finished(WriterThread thread) {
    TaskQueue queue = thread.queue();
    if (queue.isEmpty()) {
      queue.scheduled = false;
    } else {
      ready.add(queue);
    }
    Place place = thread.end();
    if (place != null) {
      unpark(place);
    }
    if (active != null && active != thread && !ready.isEmpty()) {
      // This thread was left behind and ends.
      findThread();
    }
  }

  private void unpark(Place place) {
    TaskQueue parked = place.parked.poll();
    while (parked != null) {
      ready.add(parked);
      parked = place.parked.poll();
    }
  }
}
