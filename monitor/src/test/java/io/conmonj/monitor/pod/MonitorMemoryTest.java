package io.conmonj.monitor.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.StreamingLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bounds of a monitor, all together, within what its virtual machine is given. */
class MonitorMemoryTest {
  private static final long MIB = 1024 * 1024;
  private static final MemoryLimits SESSIONS = StreamingLimits.DEFAULT.memory();

  /** What each session may hold in its two directions beyond the account's limit. */
  private static final long ASSURED =
      2 * SESSIONS.assured() * StreamingLimits.DEFAULT.sessions().all();

  /** What connections may hold that have no session yet, or none any more. */
  private static final long OTHERS =
      2 * SESSIONS.assured() * StreamingLimits.DEFAULT.waitingConnections();

  /** What the control socket's callers may have asked for, and what an answer is copied into. */
  private static final long CONTROL = 40 * MIB;

  @Test
  void allThatLiesOutsideTheHeapFitsIntoItsLimit() throws Exception {
    long sum =
        SESSIONS.sessions()
            + ASSURED
            + OTHERS
            + MonitorMemory.OUTPUT
            + MonitorMemory.ANSWERS
            + CONTROL;
    assertThat(sum).isLessThan(option("-XX:MaxDirectMemorySize=(\\d+)m") * MIB);
  }

  @Test
  void allThatLiesInTheHeapLeavesHalfOfItForTheMonitorItself() throws Exception {
    long sum =
        SESSIONS.requests() + SESSIONS.pairs() + MonitorMemory.VIEWERS + MonitorMemory.REPLAY;
    assertThat(sum).isLessThanOrEqualTo(option("-Xmx(\\d+)m") * MIB / 2);
  }

  @Test
  void whatEachSessionIsAssuredOfFitsIntoWhatAllMayHold() {
    assertThat(ASSURED).isLessThanOrEqualTo(SESSIONS.sessions());
  }

  private static long option(String pattern) throws Exception {
    String options = Files.readString(Path.of("src/dist/lib/monitor.options"));
    Matcher found = Pattern.compile("(?m)^" + pattern + "$").matcher(options);
    assertThat(found.find()).as(pattern).isTrue();
    return Long.parseLong(found.group(1));
  }
}
