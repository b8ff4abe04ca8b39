package io.conmonj.client.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one text of the metrics of many monitors, in the text format of Prometheus (0.0.4): each
 * family once, with the samples of all, which are told apart by a label. Not safe for use by
 * several threads.
 */
public final class MergedMetrics {
  private static final String HELP = "# HELP ";
  private static final String TYPE = "# TYPE ";

  private final String label;
  private final Map<String, Family> families = new LinkedHashMap<>();

  private static final class Family {
    private String help = "";
    private String type = "";
    private final List<String> samples = new ArrayList<>();
  }

  /**
   * Makes one without any metrics.
   *
   * @param label the name of the label
   */
  public MergedMetrics(String label) {
    this.label = label;
  }

  /**
   * Adds the metrics of a monitor.
   *
   * @param value its label
   * @param text its metrics, in which a family's HELP and TYPE come before its samples
   */
  public void add(String value, String text) {
    String labelled = label + "=\"" + escape(value) + '"';
    Family family = null;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(HELP)) {
        family = family(line, HELP);
        family.help = line;
      } else if (line.startsWith(TYPE)) {
        family = family(line, TYPE);
        family.type = line;
      } else if (family != null && !line.isEmpty() && line.charAt(0) != '#') {
        family.samples.add(withLabel(line, labelled));
      }
    }
  }

  private Family family(String line, String word) {
    int end = line.indexOf(' ', word.length());
    String name = line.substring(word.length(), end < 0 ? line.length() : end);
    return families.computeIfAbsent(name, any -> new Family());
  }

  /** The name of a sample has neither braces nor blanks. */
  private static String withLabel(String sample, String labelled) {
    int brace = sample.indexOf('{');
    int blank = sample.indexOf(' ');
    if (brace >= 0 && brace < blank) {
      String rest = sample.substring(brace + 1);
      return sample.substring(0, brace + 1) + labelled + (rest.startsWith("}") ? rest : "," + rest);
    }
    return sample.substring(0, blank) + "{" + labelled + "}" + sample.substring(blank);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** The whole text; families in the order in which they were first seen. */
  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    for (Family each : families.values()) {
      if (!each.samples.isEmpty()) {
        append(each.help, all);
        append(each.type, all);
        for (String sample : each.samples) {
          append(sample, all);
        }
      }
    }
    return all.toString();
  }

  private static void append(String line, StringBuilder to) {
    if (!line.isEmpty()) {
      to.append(line).append('\n');
    }
  }
}
