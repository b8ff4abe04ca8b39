package io.conmonj.monitor.pod;

import io.conmonj.kernel.StartTime;
import io.conmonj.monitor.holder.Welcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a monitor began: its holder, however often its worker was started since. */
final class MonitorStart {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorStart.class);

  /** Clock ticks are of 10 ms for every program (USER_HZ, time(7)). */
  private static final long TICK_NANOS = 10_000_000L;

  /** Seconds since the machine's start, with two digits behind the point (proc_uptime(5)). */
  private static final Path UPTIME = Path.of("/proc/uptime");

  private MonitorStart() {}

  /** In nanoseconds since 1970; as good as the clock was set at the time of the call. */
  static long of(Welcome welcome) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    if (welcome.first()) {
      return now;
    }
    try {
      String uptime = Files.readString(UPTIME);
      long ticks = Long.parseLong(uptime.substring(0, uptime.indexOf(' ')).replace(".", ""));
      return now - (ticks - StartTime.of(welcome.pid())) * TICK_NANOS;
    } catch (IOException unreadable) {
      LOG.warn("look when the monitor began: {}", unreadable.getMessage());
      return now;
    }
  }
}
