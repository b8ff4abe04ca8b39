package io.conmonj.kernel;

/**
 * Who is at the other end of a unix connection, as the kernel noted when it was made (SO_PEERCRED).
 *
 * @param pid the process that connected; 0 when it is outside our pid namespace
 * @param uid its effective user
 * @param gid its effective group
 */
public record PeerCredentials(int pid, int uid, int gid) {
  // asm-generic/socket.h, struct ucred of linux/socket.h
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int UCRED_BYTES = 12;
  private static final int PID = 0;
  private static final int UID = 4;
  private static final int GID = 8;
  private static final int INT_BYTES = 4;

  private static final long GETSOCKOPT = LibC.symbol("getsockopt");

  /** Asks the kernel about a connected socket. */
  public static PeerCredentials of(Fd socket) throws KernelException {
    try (Memory credentials = Memory.allocate(UCRED_BYTES);
        Memory length = Memory.allocate(INT_BYTES)) {
      length.putInt(0, UCRED_BYTES);
      long result =
          LibC.call(
              GETSOCKOPT,
              socket.number(),
              SOL_SOCKET,
              SO_PEERCRED,
              credentials.address(),
              length.address());
      if (LibC.toInt(result) < 0) {
        throw LibC.failure("getsockopt", "SO_PEERCRED of " + socket);
      }
      return new PeerCredentials(
          credentials.getInt(PID), credentials.getInt(UID), credentials.getInt(GID));
    }
  }
}
