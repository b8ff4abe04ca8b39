package io.conmonj.monitor.journal;

import java.io.ObjectStreamException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** One named logger. Fills in a message's parameters and passes it on. */
final class JournalLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final String OURS = "io.conmonj.";

  private final transient Journal journal;
  private final boolean library;

  JournalLogger(String name, Journal journal) {
    this.name = name;
    this.journal = journal;
    this.library = !name.startsWith(OURS);
  }

  @Override
  public boolean isTraceEnabled() {
    return journal.lets(Level.TRACE, library);
  }

  @Override
  public boolean isDebugEnabled() {
    return journal.lets(Level.DEBUG, library);
  }

  @Override
  public boolean isInfoEnabled() {
    return journal.lets(Level.INFO, library);
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  // There may be an error in it that somebody has to look at, whether it is logged or not.
  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
    write(level, pattern, arguments, List.of(), thrown);
  }

  @Override
  public void log(LoggingEvent event) {
    List<KeyValuePair> fields = event.getKeyValuePairs();
    write(
        event.getLevel(),
        event.getMessage(),
        event.getArgumentArray(),
        fields == null ? List.of() : fields,
        event.getThrowable());
  }

  private void write(
      Level level,
      String pattern,
      Object[] arguments,
      List<KeyValuePair> fields,
      Throwable thrown) {
    if (thrown instanceof Error error) {
      journal.noticed(error);
    }
    if (!journal.lets(level, library)) {
      return;
    }
    if (thrown instanceof OutOfMemoryError && !Journal.hasRoom()) {
      journal.lackMemory();
      return;
    }
    try {
      journal.write(level, name, text(pattern, arguments, thrown), fields);
    } catch (Error tight) {
      journal.lackMemory();
    }
  }

  private static String text(String pattern, Object[] arguments, Throwable thrown) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    if (thrown != null) {
      StringWriter trace = new StringWriter();
      trace.append(message).append('\n');
      thrown.printStackTrace(new PrintWriter(trace, true));
      message = trace.toString();
    }
    return message;
  }

  // The base class is serialisable; a logger here has nothing that could be.
  @Serial
  @Override
  protected Object readResolve() throws ObjectStreamException {
    throw new UnsupportedOperationException("deserialise a logger");
  }
}
