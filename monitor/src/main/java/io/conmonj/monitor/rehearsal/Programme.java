package io.conmonj.monitor.rehearsal;

import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is rehearsed: a session of each kind and protocol that there is. So a worker loads nothing
 * for it that it would not need anyway. The text of it goes from the one worker to the other.
 */
public final class Programme {
  private static final char END = ',';
  private static final char AFTER_KIND = ':';

  private Programme() {}

  /** That of some sessions; empty for none. */
  public static String of(List<SessionInfo> sessions) {
    Set<String> parts = new LinkedHashSet<>();
    for (SessionInfo each : sessions) {
      parts.add(each.kind().name() + AFTER_KIND + each.protocol());
    }
    return String.join("" + END, parts);
  }

  /**
   * What is spoken in it. What is not understood, for another build has written it, is left out.
   *
   * @param port that is forwarded, where one is
   */
  static List<Speech> speeches(String programme, int port) {
    List<Speech> speeches = new ArrayList<>();
    int begin = 0;
    while (begin < programme.length()) {
      int next = programme.indexOf(END, begin);
      int end = next < 0 ? programme.length() : next;
      int colon = programme.indexOf(AFTER_KIND, begin);
      if (colon >= 0 && colon < end) {
        String protocol = programme.substring(colon + 1, end);
        for (SessionKind each : SessionKind.values()) {
          if (programme.substring(begin, colon).equals(each.name())) {
            Speech.of(each, protocol, port).ifPresent(speeches::add);
          }
        }
      }
      begin = end + 1;
    }
    return speeches;
  }
}
