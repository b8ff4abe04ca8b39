package io.conmonj.streaming;

/**
 * How many sessions may be connected at a time. A request beyond is answered with {@code 503
 * Service Unavailable} and the reason.
 *
 * @param all of any kind
 * @param exec commands
 * @param attach viewers
 * @param portForward connections that forward ports
 */
public record SessionLimits(int all, int exec, int attach, int portForward) {
  /**
   * More than people open in one pod, and few enough that what each is assured of fits into the
   * memory of a small virtual machine. No kind can keep out the others.
   */
  public static final SessionLimits DEFAULT = new SessionLimits(256, 192, 192, 128);

  /**
   * @throws IllegalArgumentException if one is not positive
   */
  public SessionLimits {
    if (all <= 0 || exec <= 0 || attach <= 0 || portForward <= 0) {
      throw new IllegalArgumentException("limit sessions to none");
    }
  }

  /** How many of one kind. */
  public int of(SessionKind kind) {
    return switch (kind) {
      case EXEC -> exec;
      case ATTACH -> attach;
      case PORT_FORWARD -> portForward;
    };
  }
}
