package io.conmonj.streaming.websocket;

import io.conmonj.streaming.remotecommand.StatusFormat;
import io.conmonj.streaming.upgrade.Negotiation;
import java.util.List;
import java.util.Optional;

/**
 * A version of the Kubernetes channel protocol: what differs between the versions is all in its
 * fields.
 *
 * @param name the value of {@code Sec-WebSocket-Protocol}; empty for a client that names none
 * @param halfClose whether a client can end one stream, with a message on channel 255
 * @param base64 whether messages are text: the channel a digit, the payload in base64
 * @param status what the error channel carries at the end of a command
 */
record Subprotocol(String name, boolean halfClose, boolean base64, StatusFormat status) {
  static final Subprotocol V5 =
      new Subprotocol("v5.channel.k8s.io", true, false, StatusFormat.JSON);
  static final Subprotocol V4 =
      new Subprotocol("v4.channel.k8s.io", false, false, StatusFormat.JSON);
  static final Subprotocol V4_BASE64 =
      new Subprotocol("v4.base64.channel.k8s.io", false, true, StatusFormat.JSON);
  static final Subprotocol V1 =
      new Subprotocol("channel.k8s.io", false, false, StatusFormat.TEXT_ON_FAILURE);
  static final Subprotocol V1_BASE64 =
      new Subprotocol("base64.channel.k8s.io", false, true, StatusFormat.TEXT_ON_FAILURE);
  static final Subprotocol NONE = new Subprotocol("", false, false, StatusFormat.TEXT_ON_FAILURE);

  /** What exec and attach speak. */
  static final List<Subprotocol> REMOTE_COMMAND = List.of(V5, V4, V4_BASE64, V1, V1_BASE64, NONE);

  /** Not channels: the messages together are the bytes of a SPDY connection (KEP-4006). */
  static final Subprotocol SPDY_TUNNEL =
      new Subprotocol("SPDY/3.1+portforward.k8s.io", false, false, StatusFormat.TEXT_ON_FAILURE);

  /** What port-forward speaks. */
  static final List<Subprotocol> PORT_FORWARD = List.of(SPDY_TUNNEL, V4, V4_BASE64, NONE);

  /** How it is told to people; never empty. */
  String title() {
    return name.isEmpty() ? "WebSocket" : name;
  }

  /** The first of the client's list that is known; for an empty list, none, where that is known. */
  static Optional<Subprotocol> choose(List<String> offered, List<Subprotocol> known) {
    List<String> names = offered.isEmpty() ? List.of(NONE.name) : offered;
    return Negotiation.choose(names, known, Subprotocol::name);
  }
}
