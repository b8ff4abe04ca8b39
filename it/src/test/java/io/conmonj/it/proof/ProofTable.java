package io.conmonj.it.proof;

import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** A table of the module's README, which promises that something is tested, by the tests' names. */
public enum ProofTable {
  /** What each call is seen to do, by names of checks that the Go client's programs make. */
  CALLS("What each call does"),
  /** What goes wrong with other monitors, by names of tests. */
  FAILURES("What goes wrong elsewhere");

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private final String heading;

  ProofTable(String heading) {
    this.heading = heading;
  }

  /** What its rows name in backquotes, in the last cells. */
  public List<String> names() {
    String readme = readme();
    int begin = readme.indexOf("## " + heading + "\n");
    if (begin < 0) {
      throw new IllegalStateException("it/README.md has no section " + heading);
    }
    int end = readme.indexOf("\n## ", begin);
    return readme
        .substring(begin, end < 0 ? readme.length() : end)
        .lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> line.substring(line.indexOf(" | ")))
        .flatMap(line -> NAME.matcher(line).results().map(name -> name.group(1)))
        .toList();
  }

  private static String readme() {
    try {
      return Files.readString(Distribution.project().resolve("it/README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
