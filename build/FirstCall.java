import io.conmonj.client.ClientLoop;
import io.conmonj.client.Monitor;
import java.nio.file.Path;

/**
 * Joins the monitor of the directory that is its argument and asks for its version: what every client
 * does first.
 */
public final class FirstCall {
  public static void main(String[] arguments) throws Exception {
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, Path.of(arguments[0]))) {
      monitor.version(false).get();
    }
  }
}
