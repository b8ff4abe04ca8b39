package io.conmonj.it.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the bills of materials of a distribution (CycloneDX, JSON) list.
 *
 * @param libraries package URLs without their qualifiers, each once; our own modules are not there
 * @param java name and version of the Java runtime
 * @param javaDate when that was published
 */
record ShippedComponents(List<String> libraries, String java, LocalDate javaDate) {
  private static final String OURS = "io.conmonj";

  static ShippedComponents read(Path bills) throws IOException {
    Set<String> libraries = new TreeSet<>();
    String java = null;
    LocalDate javaDate = null;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(bills, "*.cdx.json")) {
      for (Path file : files) {
        for (JsonNode each : new ObjectMapper().readTree(file.toFile()).path("components")) {
          if (each.path("type").asText().equals("platform")) {
            java = each.path("name").asText() + " " + each.path("version").asText();
            javaDate = LocalDate.parse(each.at("/properties/0/value").asText());
          } else if (!each.path("group").asText().equals(OURS)) {
            libraries.add(withoutQualifiers(each.path("purl").asText()));
          }
        }
      }
    }
    if (libraries.isEmpty() || java == null) {
      throw new IOException("no bill of materials, or only a part of it, in " + bills);
    }
    return new ShippedComponents(List.copyOf(libraries), java, javaDate);
  }

  private static String withoutQualifiers(String packageUrl) {
    int end = packageUrl.indexOf('?');
    return end < 0 ? packageUrl : packageUrl.substring(0, end);
  }
}
