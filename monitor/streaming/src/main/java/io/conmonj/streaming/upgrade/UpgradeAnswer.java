package io.conmonj.streaming.upgrade;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What a protocol says to a request that asks for it. */
public sealed interface UpgradeAnswer {

  /**
   * The connection changes to the protocol.
   *
   * @param protocol what is spoken from then on, as it is told to people
   * @param headers of the answer {@code 101 Switching Protocols}
   * @param handler what takes the connection over; added when the answer has been written
   */
  record Accepted(String protocol, HttpHeaders headers, ChannelHandler handler)
      implements UpgradeAnswer {}

  /**
   * The request is answered and the connection closed.
   *
   * @param status what is wrong
   * @param headers of the answer, beside those of its body
   * @param body text for a person; may be empty
   */
  record Refused(HttpResponseStatus status, HttpHeaders headers, String body)
      implements UpgradeAnswer {}
}
