package io.conmonj.monitor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DistressTest {
  private static final long ENOUGH = 1024 * 1024;
  private static final long NONE = 1000;

  private final List<String> done = new ArrayList<>();
  private long free = ENOUGH;
  private long now = 5;

  private final Distress distress =
      new Distress(
          new Distress.Memory() {
            @Override
            public long free() {
              return free;
            }

            @Override
            public long nanoTime() {
              return now;
            }
          },
          new Emergency() {
            @Override
            public void relieve() {
              done.add("relieve");
            }

            @Override
            public void recovered() {
              done.add("recovered");
            }

            @Override
            public void giveUp(Error last) {
              done.add("give up: " + last.getClass().getSimpleName());
            }
          });

  @Test
  void oneErrorIsNothing() {
    free = NONE;
    outOfMemory();
    distress.contained(new StackOverflowError());
    distress.contained(new AssertionError());
    distress.contained(new NoClassDefFoundError("io/conmonj/Missing"));
    distress.turnOver();
    assertThat(done).isEmpty();
  }

  @Test
  void whatCanBeSparedIsLetGoOfWhenTheHeapStaysFull() {
    free = NONE;
    outOfMemoryForSeconds(2);
    assertThat(done).containsExactly("relieve");
    free = ENOUGH;
    distress.turnOver();
    distress.turnOver();
    assertThat(done).containsExactly("relieve", "recovered");
  }

  @Test
  void aHeapThatStaysFullForTenSecondsIsTheEnd() {
    free = NONE;
    outOfMemoryForSeconds(11);
    assertThat(done).startsWith("relieve", "relieve").contains("give up: OutOfMemoryError");
  }

  @Test
  void errorsNowAndThenAreNotTheEndAlthoughTheHeapIsNearlyFull() {
    free = NONE;
    for (int minute = 0; minute < 10; minute++) {
      outOfMemoryForSeconds(1);
      now += TimeUnit.MINUTES.toNanos(1);
    }
    assertThat(done).isEmpty();
  }

  @Test
  void allocationsThatFailInARoomyHeapAreTheirOwnersAffair() {
    outOfMemoryForSeconds(60);
    assertThat(done).isEmpty();
  }

  @Test
  void aVirtualMachineThatIsBrokenIsTheEnd() {
    distress.contained(new InternalError("this test's own"));
    distress.contained(new NoClassDefFoundError("Could not initialize class io.conmonj.Lost"));
    distress.contained(new ExceptionInInitializerError("this test's own"));
    assertThat(done)
        .containsExactly(
            "give up: InternalError",
            "give up: NoClassDefFoundError",
            "give up: ExceptionInInitializerError");
  }

  private void outOfMemoryForSeconds(int seconds) {
    for (int tenth = 0; tenth < seconds * 10; tenth++) {
      outOfMemory();
      now += TimeUnit.MILLISECONDS.toNanos(100);
    }
  }

  private void outOfMemory() {
    distress.contained(new OutOfMemoryError("this test's own"));
    distress.turnOver();
  }
}
