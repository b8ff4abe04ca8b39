package io.conmonj.monitor.holder;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** For tests: events of a holder, to be waited for by the test's thread. */
final class HeardEvents implements HolderEvents {
  private static final String GONE = "gone";
  private static final String READY = "candidate is ready";
  private static final String FAILED = "candidate failed: ";

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private int errors;

  /** Fails so many times with an error at what is told next. */
  synchronized void failWithErrors(int times) {
    errors = times;
  }

  private synchronized void failIfAskedTo() {
    if (errors > 0) {
      errors--;
      throw new OutOfMemoryError("made by a test");
    }
  }

  @Override
  public void exited(HeldProcess process) {
    failIfAskedTo();
    heard.add(process);
  }

  @Override
  public void signalled(int signal) {
    failIfAskedTo();
    heard.add(signal);
  }

  @Override
  public void candidateReady() {
    heard.add(READY);
  }

  @Override
  public void candidateFailed(String why) {
    heard.add(FAILED + why);
  }

  @Override
  public void gone() {
    heard.add(GONE);
  }

  private Object next() throws Exception {
    Object next = heard.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was told");
    }
    return next;
  }

  HeldProcess exit() throws Exception {
    return (HeldProcess) next();
  }

  int signal() throws Exception {
    return (Integer) next();
  }

  void awaitCandidate() throws Exception {
    if (!READY.equals(next())) {
      throw new AssertionError("something else was told");
    }
  }

  String candidateFailure() throws Exception {
    String told = (String) next();
    if (!told.startsWith(FAILED)) {
      throw new AssertionError("something else was told: " + told);
    }
    return told.substring(FAILED.length());
  }

  void awaitEnd() throws Exception {
    if (!GONE.equals(next())) {
      throw new AssertionError("something else was told");
    }
  }

  boolean isEmpty() {
    return heard.isEmpty();
  }
}
