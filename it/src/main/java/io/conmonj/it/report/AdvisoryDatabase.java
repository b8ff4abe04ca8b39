package io.conmonj.it.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A database of advisories that speaks OSV's interface. */
final class AdvisoryDatabase {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final int OK = 200;

  private final URI address;

  AdvisoryDatabase(URI address) {
    this.address = address;
  }

  /**
   * The ids of the advisories for each of some libraries that has any.
   *
   * @param libraries package URLs with versions
   * @throws IOException when there is no database there, or no answer that can be understood
   */
  Map<String, List<String>> known(List<String> libraries) throws IOException, InterruptedException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode question = mapper.createObjectNode();
    ArrayNode queries = question.putArray("queries");
    for (String each : libraries) {
      queries.addObject().putObject("package").put("purl", each);
    }
    JsonNode results = mapper.readTree(ask(question.toString())).path("results");
    if (results.size() != libraries.size()) {
      throw new IOException("answered " + results.size() + " of " + libraries.size());
    }
    Map<String, List<String>> known = new TreeMap<>();
    for (int i = 0; i < libraries.size(); i++) {
      List<String> ids = new ArrayList<>();
      results.get(i).path("vulns").forEach(each -> ids.add(each.path("id").asText()));
      if (!ids.isEmpty()) {
        known.put(libraries.get(i), ids);
      }
    }
    return known;
  }

  private String ask(String question) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/v1/querybatch"))
              .timeout(ANSWER)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(question))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new IOException("answered with status " + answer.statusCode());
      }
      return answer.body();
    }
  }
}
