package io.conmonj.client;

import io.conmonj.client.control.CallFailures;
import java.io.IOException;

/** Tells what calls fail with as a {@link Monitor} does. */
final class MonitorFailures implements CallFailures {
  @Override
  public IOException refused(String what, String text) {
    return new MonitorException(what, text);
  }

  @Override
  public IOException gone(String message, Throwable cause) {
    return new MonitorGoneException(message, cause);
  }
}
