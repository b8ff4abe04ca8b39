package io.conmonj.monitor.holder;

import io.conmonj.kernel.KernelException;
import java.util.List;

/**
 * What the holder sends back by itself, where the rule is {@link WakeRule#READABLE_BUT_ECHO}. Each
 * holder is told of it once, by each worker that leaves it such a descriptor. Threads as for {@link
 * HolderLink}.
 */
final class Echo {
  private final Exchange exchange;
  private int length;
  private byte[] beginning = {};
  private boolean told;

  Echo(Exchange exchange) {
    this.exchange = exchange;
  }

  /** As {@link HolderLink#echo}. */
  void of(int messageLength, byte[] itsBeginning) {
    length = messageLength;
    beginning = itsBeginning.clone();
    told = false;
  }

  /** Tells the holder, unless it knows or there is nothing to be sent back. */
  void tell() throws KernelException {
    if (told || length == 0) {
      return;
    }
    int bytes = 8 + Protocol.ECHO_BYTES;
    Body body = exchange.request(bytes);
    body.putInt(0, length);
    body.putInt(4, beginning.length);
    body.putBytes(8, beginning);
    exchange.tell(Protocol.ECHO, bytes, List.of(), "say what to send back", "");
    told = true;
  }

  /** There is another holder, which does not know. */
  void forgotten() {
    told = false;
  }
}
