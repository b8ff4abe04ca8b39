package io.conmonj.monitor.streaming.websocket;

import io.conmonj.monitor.streaming.remotecommand.StatusFormat;
import java.util.List;
import java.util.Optional;

/**
 * A version of the Kubernetes channel protocol: what differs between the versions is all in its
 * fields.
 *
 * @param name the value of {@code Sec-WebSocket-Protocol}
 * @param halfClose whether a client can end one stream, with a message on channel 255
 * @param status what the error channel carries at the end
 */
record Subprotocol(String name, boolean halfClose, StatusFormat status) {
  static final Subprotocol V5 = new Subprotocol("v5.channel.k8s.io", true, StatusFormat.JSON);
  static final Subprotocol V4 = new Subprotocol("v4.channel.k8s.io", false, StatusFormat.JSON);

  /** What exec and attach speak. */
  static final List<Subprotocol> REMOTE_COMMAND = List.of(V5, V4);

  /** The first of the client's list that is known; the client's order is its preference. */
  static Optional<Subprotocol> choose(List<String> offered, List<Subprotocol> known) {
    for (String name : offered) {
      for (Subprotocol candidate : known) {
        if (candidate.name.equals(name)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }
}
