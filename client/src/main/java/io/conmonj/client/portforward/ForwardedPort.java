package io.conmonj.client.portforward;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * A port of this machine that leads to one of the pod.
 *
 * @param local where it listens, with the port in use, never null
 * @param remote the port in the pod
 */
public record ForwardedPort(InetSocketAddress local, int remote) {
  /**
   * Returns where it listens, as a person writes it.
   *
   * @return for example {@code 127.0.0.1:8080} or {@code [::1]:8080}, never null
   */
  public String localText() {
    return NetUtil.toSocketAddressString(local);
  }
}
