package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.Outcome;

/** What a client is told of the end of a command. */
final class Status {
  private Status() {}

  /**
   * Checks it.
   *
   * @param json whether the protocol tells it in JSON, success too
   */
  static void check(Outcome outcome, String status, boolean json, Check check) {
    String expected =
        switch (outcome) {
          case Outcome.Exited(int code) when code != 0 -> json ? "\"" + code + "\"}" : " " + code;
          case Outcome.Failed _ -> "such";
          default -> json ? "\"Success\"}" : "";
        };
    boolean told = expected.isEmpty() ? status.isEmpty() : status.contains(expected);
    check.that(told, outcome + " is told as " + status);
  }
}
