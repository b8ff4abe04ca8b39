package io.conmonj.monitor.journal;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.LentFd;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * Messages for systemd's journal, in its native protocol
 * (https://systemd.io/JOURNAL_NATIVE_PROTOCOL): one datagram each, with {@code PRIORITY}, {@code
 * SYSLOG_IDENTIFIER}, {@code LOGGER}, {@code POD_ID}, the message's own fields and {@code MESSAGE}.
 * {@code CONTAINER_ID} is there with the whole id, and again with its first twelve characters, by
 * which conmon and we mark what containers write; their {@code CONTAINER_ID_FULL} is not, by which
 * programs read a container's own output.
 */
public final class SystemdDestination implements LogDestination {
  /** Where journald listens (systemd-journald.service(8)). */
  public static final String SOCKET = "/run/systemd/journal/socket";

  /**
   * Room for a long stack trace; far below net.core.wmem_default (212,992), which limits a
   * datagram.
   */
  private static final int MAX_BYTES = 16 * 1024;

  /** Characters of the id by which people know a container. */
  private static final int SHORT_ID = 12;

  private final Socket socket;
  private final byte[] address;
  private final String identifier;
  private final String pod;
  private final ByteBuffer datagram =
      ByteBuffer.allocateDirect(MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long dropped;

  /**
   * Opens a socket; whether anybody listens shows with each message.
   *
   * @param path of the journal's socket
   * @param identifier what the messages are to be found by
   * @param pod whose messages they are; empty for nobody's
   */
  public SystemdDestination(String path, String identifier, String pod) {
    Epoll.ensureAvailability();
    this.socket = Socket.newSocketDomainDgram();
    closeOnExec(socket);
    this.address = path.getBytes(StandardCharsets.UTF_8);
    this.identifier = identifier;
    this.pod = pod;
  }

  /**
   * Netty's are not, and so look like what was inherited by mistake, which the monitor closes as it
   * starts.
   */
  private static void closeOnExec(Socket socket) {
    try (LentFd lent = LentFd.of(socket.intValue())) {
      Fcntl.setCloseOnExec(lent.fd(), true);
    } catch (KernelException refused) {
      throw new IllegalStateException("use a socket that was just made", refused);
    }
  }

  @Override
  public synchronized void write(
      Level level, String logger, String message, List<KeyValuePair> fields) {
    fill(level, logger, message, fields);
    try {
      int length = datagram.position();
      dropped = socket.sendToDomainSocket(datagram, 0, length, address) > 0 ? 0 : dropped + 1;
    } catch (IOException journalIsAway) {
      dropped++;
    }
  }

  private void fill(Level level, String logger, String message, List<KeyValuePair> fields) {
    datagram.clear();
    field("PRIORITY", Integer.toString(priority(level)));
    field("SYSLOG_IDENTIFIER", identifier);
    field("LOGGER", logger);
    if (!pod.isEmpty()) {
      field("POD_ID", pod);
    }
    for (KeyValuePair each : fields) {
      String value = String.valueOf(each.value);
      String name = each.key.toUpperCase(Locale.ROOT);
      field(name, value);
      if (each.key.equals(LogField.CONTAINER) && value.length() > SHORT_ID) {
        field(name, value.substring(0, SHORT_ID));
      }
    }
    if (dropped > 0) {
      field("DROPPED_BEFORE", Long.toString(dropped));
    }
    field("MESSAGE", message);
  }

  @Override
  public synchronized PreparedMessage prepare(Level level, String logger, String message) {
    fill(level, logger, message, List.of());
    byte[] form = new byte[datagram.flip().remaining()];
    datagram.get(form);
    return new PreparedMessage(form) {
      @Override
      void send() {
        try {
          socket.sendToDomainSocket(bytes(), 0, bytes().limit(), address);
        } catch (IOException journalIsAway) {
          // There is nobody else to tell.
        }
      }
    };
  }

  // The form for any content: name, newline, length as 64 bits little endian, content, newline.
  private void field(String name, String value) {
    byte[] key = name.getBytes(StandardCharsets.US_ASCII);
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    int overhead = key.length + 1 + Long.BYTES + 1;
    int length = Math.min(content.length, datagram.remaining() - overhead);
    datagram.put(key).put((byte) '\n').putLong(length).put(content, 0, length).put((byte) '\n');
  }

  // syslog(3): 3 error, 4 warning, 6 informational, 7 debug
  private static int priority(Level level) {
    return switch (level) {
      case ERROR -> 3;
      case WARN -> 4;
      case INFO -> 6;
      case DEBUG, TRACE -> 7;
    };
  }
}
