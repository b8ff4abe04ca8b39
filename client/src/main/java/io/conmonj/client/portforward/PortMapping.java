package io.conmonj.client.portforward;

/**
 * One port to forward.
 *
 * @param local the port to listen on here, 0 for any free one
 * @param remote the port in the pod, 1 to 65535
 */
public record PortMapping(int local, int remote) {
  private static final int MAX_PORT = 65535;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is no port
   */
  public PortMapping {
    if (local < 0 || local > MAX_PORT || remote < 1 || remote > MAX_PORT) {
      throw new IllegalArgumentException("ports are 1 to " + MAX_PORT);
    }
  }

  /**
   * Reads a mapping as kubectl writes it.
   *
   * @param text {@code LOCAL:REMOTE}, {@code :REMOTE} for any free local port, or {@code REMOTE}
   *     for the same port on both sides
   * @return the mapping, never null
   * @throws IllegalArgumentException if it is none, naming it
   */
  public static PortMapping parse(String text) {
    int colon = text.indexOf(':');
    String local = colon < 0 ? text : text.substring(0, colon);
    String remote = text.substring(colon + 1);
    try {
      return new PortMapping(colon == 0 ? 0 : port(local), port(remote));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "port '" + text + "': must be [LOCAL:]REMOTE, each 1 to " + MAX_PORT, e);
    }
  }

  private static int port(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        throw new IllegalArgumentException("not a number: " + digits);
      }
    }
    return Integer.parseInt(digits);
  }
}
