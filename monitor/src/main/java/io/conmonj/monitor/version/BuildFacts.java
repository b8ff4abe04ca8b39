package io.conmonj.monitor.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this build is. No part is null, and only the tag may be empty.
 *
 * @param version of the program, as in Semantic Versioning 2.0.0
 * @param tag the tag of the commit; empty if it has none
 * @param commit the hash of the commit, {@code unknown} if built without git
 * @param buildDate UTC, as in ISO 8601
 * @param target operating system and machine, for example {@code linux-amd64}
 * @param javaVersion the Java that the program was built with
 * @param mavenVersion the Maven that the program was built with
 * @param libraries the libraries inside, by name and version
 */
public record BuildFacts(
    String version,
    String tag,
    String commit,
    String buildDate,
    String target,
    String javaVersion,
    String mavenVersion,
    String libraries) {

  private static final String RESOURCE = "build.properties";

  /** The facts of the running program, which the build has put beside this class. Any thread. */
  public static BuildFacts load() {
    Properties facts = new Properties();
    try (InputStream in = BuildFacts.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("read resource " + RESOURCE + ": not found");
      }
      facts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("read resource " + RESOURCE, e);
    }
    return new BuildFacts(
        facts.getProperty("version"),
        facts.getProperty("tag"),
        facts.getProperty("commit"),
        facts.getProperty("build_date"),
        "linux-" + System.getProperty("os.arch"),
        facts.getProperty("java_version"),
        facts.getProperty("maven_version"),
        facts.getProperty("libraries"));
  }
}
