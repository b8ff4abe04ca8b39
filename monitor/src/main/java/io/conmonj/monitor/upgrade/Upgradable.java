package io.conmonj.monitor.upgrade;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What another worker can go on with. Loop thread only. */
public interface Upgradable {
  /**
   * What cannot be interrupted now, in words for an operator, such as {@code a container is being
   * made}; null when nothing is like that.
   */
  String busyWith();

  /**
   * Which clients the other worker could not go on with, likewise; null when there are none. They
   * are waited for, and in the end {@linkplain #endClientsThatStay ended}.
   */
  String clientsThatStay();

  /**
   * Ends the clients that could not be gone on with now; the others are not touched.
   *
   * @param reason what they are told, and why it is them
   * @param momentary whether to end also those with whom that may be another in a moment
   * @return how many
   */
  int endClientsThatStay(String reason, boolean momentary);

  /**
   * Finds out whether another distribution's holder will take the place of the one that is there.
   *
   * @param program absolute path of it
   * @return completes within seconds with why not, likewise; empty when it will, or is there
   */
  CompletableFuture<Optional<String>> holderStays(Path program);

  /**
   * Which kinds of sessions there are, so that the other worker can rehearse what it will do for
   * them: a line of printable US-ASCII in a form of the pod's own; empty when there are none.
   */
  String sessions();

  /** Nobody new is let in until {@link #open}: who connects waits. */
  void shut();

  /** Lets in those who have waited, and all others. */
  void open();

  /** Takes no output of containers until {@link #release}. */
  void hold();

  /** Takes output again. */
  void release();

  /** Completes when all that was taken is where it belongs, such as output in its log. */
  CompletableFuture<Void> settle();

  /**
   * Leaves to the holder all that the other worker needs. Called by a duty of the loop, after
   * {@link #hold} and {@link #settle}; nothing is read or written from then on, unless {@link
   * #goOn} is called.
   *
   * @return null when it is done; else why that is not possible now, such as for {@link
   *     #clientsThatStay}, and nothing has changed
   */
  String handOver();

  /** The other worker does not take over: this one does not rely on what it has written down. */
  void goOn();

  /** An upgrade that was begun is called off; told last. */
  void failed();
}
