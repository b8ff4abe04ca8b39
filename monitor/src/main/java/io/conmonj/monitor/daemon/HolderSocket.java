package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.holder.HolderLink;

/** Where this process finds its end of the link to the holder, which has started it. */
public final class HolderSocket {
  /** The property in which the launcher names the descriptor. */
  private static final String PROPERTY = "conmonj.holder.fd";

  private HolderSocket() {}

  /**
   * Greets the holder.
   *
   * @return the caller's to close
   * @throws StartException when there is none, or it does not answer
   */
  public static HolderLink greet() throws StartException {
    Integer number = Integer.getInteger(PROPERTY);
    if (number == null || !Fcntl.isOpen(number)) {
      throw new StartException("nothing holds this process: start it by its launcher, bin/conmonj");
    }
    Fd socket = Fd.adopt(number);
    try {
      return HolderLink.of(socket);
    } catch (KernelException refused) {
      socket.close();
      throw new StartException("greet the process that holds this one", refused);
    }
  }
}
