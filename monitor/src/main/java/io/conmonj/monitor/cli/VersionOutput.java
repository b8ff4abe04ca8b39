package io.conmonj.monitor.cli;

import io.conmonj.monitor.json.JsonString;
import io.conmonj.monitor.version.BuildFacts;

/**
 * The version as text and as JSON, in the shape of conmon-rs. Its keys speak of Rust, and its
 * clients want them: {@code rust_version} is our Java, {@code cargo_version} our Maven and {@code
 * cargo_tree} our libraries.
 */
final class VersionOutput {
  private final BuildFacts facts;
  private final boolean full;

  VersionOutput(BuildFacts facts, boolean full) {
    this.facts = facts;
    this.full = full;
  }

  /** Several lines. */
  String text() {
    String text =
        "version: "
            + facts.version()
            + "\ntag: "
            + (facts.tag().isEmpty() ? "none" : facts.tag())
            + "\ncommit: "
            + facts.commit()
            + "\nbuild: "
            + facts.buildDate()
            + "\ntarget: "
            + facts.target()
            + "\njava: "
            + facts.javaVersion()
            + "\nmaven: "
            + facts.mavenVersion()
            + "\n";
    return full ? text + "\nlibraries: " + facts.libraries() + "\n" : text;
  }

  /** One line. */
  String json() {
    StringBuilder json = new StringBuilder("{\"verbose\":").append(full);
    member(json, "version", facts.version());
    member(json, "tag", facts.tag());
    member(json, "commit", facts.commit());
    member(json, "build_date", facts.buildDate());
    member(json, "target", facts.target());
    member(json, "rust_version", facts.javaVersion());
    member(json, "cargo_version", facts.mavenVersion());
    member(json, "cargo_tree", full ? facts.libraries() : "");
    return json.append("}\n").toString();
  }

  private static void member(StringBuilder json, String key, String value) {
    json.append(",\"").append(key).append("\":");
    JsonString.append(json, value);
  }
}
