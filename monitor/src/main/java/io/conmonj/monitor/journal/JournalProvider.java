package io.conmonj.monitor.journal;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * What SLF4J finds by name at its first use. A provider of our own, because each of the usual ones
 * costs more memory and start-up time than the rest of the monitor's logging.
 */
public final class JournalProvider implements SLF4JServiceProvider {
  /** The API version that this provider was written for, as SLF4J asks for it. */
  private static final String API_VERSION = "2.0.99";

  private final Journal journal = new Journal();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new NOPMDCAdapter();

  @Override
  public ILoggerFactory getLoggerFactory() {
    return journal;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return API_VERSION;
  }

  @Override
  public void initialize() {
    // Nothing to do: Journal has a destination from the start.
  }
}
