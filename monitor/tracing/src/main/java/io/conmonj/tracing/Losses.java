package io.conmonj.tracing;

import io.conmonj.monitor.observe.SpanCounts;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what becomes of spans, and says so once when the first of them are lost, and once when
 * that is over. Any thread.
 */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

  private final URI endpoint;
  private long exported;
  private long dropped;
  private long undelivered;

  /** What was lost before it was last said that all is well. */
  private long toldLost;

  private boolean losing;

  Losses(URI endpoint) {
    this.endpoint = endpoint;
  }

  synchronized SpanCounts counts() {
    return new SpanCounts(exported, dropped, undelivered);
  }

  /** Whether the last that was heard of spans is that some were lost. */
  synchronized boolean losing() {
    return losing;
  }

  synchronized void exported(int count) {
    exported += count;
    if (losing) {
      losing = false;
      long lost = dropped + undelivered - toldLost;
      toldLost += lost;
      LOG.info("traces are exported to {} again; {} spans were lost", endpoint, lost);
    }
  }

  /** There is no room for a span. */
  synchronized void dropped() {
    dropped++;
    losing("too many wait");
  }

  /** A span could not be made or ended. */
  synchronized void dropped(Throwable why) {
    dropped++;
    if (why instanceof Error error && !losing) {
      // There may be no memory to say it in other words.
      losing = true;
      LOG.error("a span was lost", error);
    } else {
      losing(why.toString());
    }
  }

  /**
   * @param why null where the collector did not say
   */
  synchronized void undelivered(int count, Throwable why) {
    undelivered += count;
    losing(why == null ? "no answer" : why.toString());
  }

  private void losing(String why) {
    if (!losing) {
      losing = true;
      LOG.warn("traces are not exported to {}, spans are lost: {}", endpoint, why);
    }
  }
}
