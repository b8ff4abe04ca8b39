package io.conmonj.monitor.journal;

import java.io.ObjectStreamException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One named logger. Fills in a message's parameters and passes it on. */
final class JournalLogger extends LegacyAbstractLogger {
  private final transient Journal journal;

  JournalLogger(String name, Journal journal) {
    this.name = name;
    this.journal = journal;
  }

  @Override
  public boolean isTraceEnabled() {
    return journal.lets(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return journal.lets(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return journal.lets(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return journal.lets(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return journal.lets(Level.ERROR);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    if (thrown != null) {
      StringWriter trace = new StringWriter();
      trace.append(message).append('\n');
      thrown.printStackTrace(new PrintWriter(trace, true));
      message = trace.toString();
    }
    journal.write(level, name, message);
  }

  // The base class is serialisable; a logger here has nothing that could be.
  @Serial
  @Override
  protected Object readResolve() throws ObjectStreamException {
    throw new UnsupportedOperationException("deserialise a logger");
  }
}
