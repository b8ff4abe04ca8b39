package io.conmonj.monitor.oci;

import java.util.Arrays;

/** The launches in progress, by their numbers. To remove one takes no memory. Loop thread only. */
final class LaunchNumbers {
  private long[] numbers = new long[8];
  private int count;
  private long last;

  /** Adds the next, and returns its number. */
  long add() {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = ++last;
    return last;
  }

  /** Removes one; nothing happens if it is not there. */
  void remove(long number) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (numbers[i] != number) {
        numbers[kept++] = numbers[i];
      }
    }
    count = kept;
  }

  /** The oldest; above {@link #newest} when there is none. */
  long oldest() {
    return count == 0 ? last + 1 : numbers[0];
  }

  /** The newest that there was. */
  long newest() {
    return last;
  }
}
