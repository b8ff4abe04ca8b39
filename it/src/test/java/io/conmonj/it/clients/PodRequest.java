package io.conmonj.it.clients;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What an API server reads from a request for a pod: {@code
 * /api/v1/namespaces/N/pods/P[/exec|/attach|/portforward]}.
 *
 * @param namespace N
 * @param pod P, which is also the name of its one container
 * @param subresource {@code exec}, {@code attach}, {@code portforward}, or empty for the pod itself
 * @param parameters of the query, decoded, in order
 */
record PodRequest(String namespace, String pod, String subresource, List<Parameter> parameters) {

  /** One name and value of a query. */
  record Parameter(String name, String value) {}

  /** Reads the request line. */
  static PodRequest of(RequestHead head) throws IOException {
    String[] target = head.target().split("\\?", 2);
    String[] path = target[0].split("/", -1);
    // "", api, v1, namespaces, N, pods, P[, subresource]
    if (path.length < 7 || !path[3].equals("namespaces") || !path[5].equals("pods")) {
      throw new IOException("read request: no path of a pod: " + target[0]);
    }
    List<Parameter> parameters = new ArrayList<>();
    if (target.length == 2) {
      for (String pair : target[1].split("&", -1)) {
        String[] both = pair.split("=", 2);
        parameters.add(new Parameter(decode(both[0]), both.length == 2 ? decode(both[1]) : ""));
      }
    }
    return new PodRequest(path[4], path[6], path.length > 7 ? path[7] : "", parameters);
  }

  /** Asks the target for the URL of this request. */
  URI urlFrom(StreamingTarget target) throws IOException {
    return switch (subresource) {
      case "exec" -> target.exec(pod, all("command"), streams());
      case "attach" -> target.attach(pod, streams());
      case "portforward" -> target.portForward(pod, ports());
      default -> throw new IOException("no such subresource: " + subresource);
    };
  }

  /** A running pod with one container, for clients that look before they exec. */
  String podAsJson() {
    return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%1$s","namespace":"%2$s"},
        "spec":{"containers":[{"name":"%1$s","image":"busybox"}]},
        "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],
        "containerStatuses":[{"name":"%1$s","ready":true,"started":true,
        "state":{"running":{}}}]}}
        """
        .formatted(pod, namespace);
  }

  private StreamingTarget.Streams streams() {
    boolean tty = flag("tty");
    // A terminal has no stderr of its own: the kubelet drops the wish for it.
    return new StreamingTarget.Streams(
        flag("stdin"), output("stdout"), output("stderr") && !tty, tty);
  }

  /** Output is wanted unless the client says otherwise: an API server's default. */
  private boolean output(String name) {
    return all(name).isEmpty() || flag(name);
  }

  private boolean flag(String name) {
    return all(name).stream().anyMatch(value -> value.equals("true") || value.equals("1"));
  }

  private List<Integer> ports() {
    return all("ports").stream()
        .flatMap(list -> List.of(list.split(",", -1)).stream())
        .map(Integer::valueOf)
        .toList();
  }

  private List<String> all(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).toList();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
