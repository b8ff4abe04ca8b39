package io.conmonj.monitor.fdsocket;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The descriptors that clients have sent. Each has a slot, a number that is never given out again,
 * until it is taken, once, by whoever names it, or its sender leaves. Loop thread only.
 *
 * <p>INVARIANT: at most {@link #MAX_HELD} are open, those that were taken among them.
 */
final class FdSlots {
  /**
   * How many descriptors may be open that came from clients, before and after they are taken: four
   * messages of as many as the kernel lets pass at once. The monitor's own limit of descriptors is
   * shared with all that its containers need.
   */
  static final int MAX_HELD = 1024;

  private static final String KEPT_AS = "fdsocket.";

  private final Keeping keeping;
  private final Map<Long, Slot> slots = new LinkedHashMap<>();
  private final List<Fd> taken = new ArrayList<>();
  private long last;

  private record Slot(Object sender, Fd fd) {}

  /**
   * Without any.
   *
   * @param keeping where they are kept for the next worker until they are taken
   */
  FdSlots(Keeping keeping) {
    this.keeping = keeping;
  }

  private static String keptAs(long number) {
    return KEPT_AS + number;
  }

  /** The slot that was given out last; 0 before the first. */
  long last() {
    return last;
  }

  /** The slots of what a sender has sent and nobody has taken. */
  List<Long> of(Object sender) {
    List<Long> numbers = new ArrayList<>();
    for (Map.Entry<Long, Slot> each : slots.entrySet()) {
      if (each.getValue().sender.equals(sender)) {
        numbers.add(each.getKey());
      }
    }
    return numbers;
  }

  /** Goes on where those of the worker before were; before any is used. */
  void restore(long lastGivenOut) {
    last = lastGivenOut;
  }

  /** Holds again what the worker before held in a slot for a sender. */
  void restore(Object sender, long number, Inheritance left) {
    Optional<Fd> fd = left.take(keptAs(number));
    if (fd.isPresent()) {
      slots.put(number, new Slot(sender, fd.get()));
    }
  }

  /**
   * Closes those of slots that the state does not know: the request that brought them is answered
   * anew.
   */
  void dropUntold(Inheritance left) {
    for (String name : left.left()) {
      if (name.startsWith(KEPT_AS)) {
        keeping.withdraw(name);
        left.take(name).ifPresent(Fd::close);
      }
    }
  }

  /**
   * Holds descriptors, which belong to the slots from here on.
   *
   * @param sender whose they are until they are taken
   * @return completes with their slots, in the same order, when the next worker has them as well:
   *     the sender may name them to that one. Fails when that cannot be; they are closed then
   * @throws IOException when they would be too many; they stay the caller's then
   */
  CompletableFuture<long[]> put(Object sender, List<Fd> descriptors) throws IOException {
    int held = held();
    if (descriptors.size() > MAX_HELD - held) {
      throw new IOException(
          "too many file descriptors: " + held + " are held, at most " + MAX_HELD + " can be");
    }
    long[] numbers = new long[descriptors.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ++last;
      slots.put(last, new Slot(sender, descriptors.get(i)));
      keeping.deposit(keptAs(last), descriptors.get(i), WakeRule.NEVER);
    }
    return keeping
        .changed()
        .handle(
            (kept, failure) -> {
              if (failure != null) {
                drop(numbers);
                throw new CompletionException(failure);
              }
              return numbers;
            });
  }

  private void drop(long[] numbers) {
    for (long each : numbers) {
      Slot slot = slots.remove(each);
      if (slot != null) {
        keeping.withdraw(keptAs(each));
        slot.fd.close();
      }
    }
    var _ = keeping.changed();
  }

  /**
   * Takes descriptors out of their slots; they are the caller's then. Whatever happens, the slots
   * that are named are empty afterwards.
   *
   * @throws IOException naming the first slot in which there is none; the others' are closed
   */
  List<Fd> take(List<Long> numbers) throws IOException {
    List<Fd> found = new ArrayList<>(numbers.size());
    Long missing = null;
    for (Long number : numbers) {
      Slot slot = slots.remove(number);
      if (slot != null) {
        keeping.withdraw(keptAs(number));
        found.add(slot.fd);
      } else if (missing == null) {
        missing = number;
      }
    }
    var _ = keeping.changed();
    if (missing != null) {
      found.forEach(Fd::close);
      throw missing(missing);
    }
    taken.addAll(found);
    return found;
  }

  static IOException missing(long number) {
    return new IOException("no file descriptor in slot " + Long.toUnsignedString(number));
  }

  /** Closes what a client has sent and nobody has taken. */
  void close(Object sender) {
    Iterator<Map.Entry<Long, Slot>> each = slots.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, Slot> slot = each.next();
      if (slot.getValue().sender.equals(sender)) {
        each.remove();
        keeping.withdraw(keptAs(slot.getKey()));
        slot.getValue().fd.close();
      }
    }
    var _ = keeping.changed();
  }

  /** How many descriptors are open, in slots or taken. */
  int held() {
    taken.removeIf(Fd::closed);
    return slots.size() + taken.size();
  }
}
