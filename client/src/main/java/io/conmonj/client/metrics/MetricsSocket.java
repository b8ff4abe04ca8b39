package io.conmonj.client.metrics;

import io.conmonj.client.transport.ClientLoop;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The socket in a monitor's directory that tells its metrics. */
public final class MetricsSocket {
  /** Its name. */
  static final String NAME = "metrics.sock";

  /** How deep monitors' directories may be below that of a node: CRI-O has them at two. */
  private static final int DEEPEST = 4;

  private static final String REQUEST = "GET /metrics HTTP/1.1\r\nHost: monitor\r\n\r\n";

  private MetricsSocket() {}

  /**
   * Asks a monitor for its metrics.
   *
   * @param loop the loop that carries the connection
   * @param runtimeDir the monitor's directory, absolute; its path may be of any length
   * @return completes with the text, in the format of Prometheus; fails with a {@code
   *     KernelException} when nobody listens there or may be asked, and with another IOException
   *     when what comes is not an answer
   */
  public static CompletableFuture<String> read(ClientLoop loop, Path runtimeDir) {
    Fd fd;
    try {
      fd = UnixSocket.connect(SocketType.STREAM, runtimeDir.resolve(NAME).toString());
    } catch (IOException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    EpollDomainSocketChannel channel = new EpollDomainSocketChannel(fd.release());
    channel.pipeline().addLast(new AnswerReader(answer));
    loop.eventLoop()
        .register(channel)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                var _ = channel.writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), REQUEST));
              } else {
                answer.completeExceptionally(registered.cause());
              }
            });
    var _ =
        answer.whenComplete(
            (_, _) -> {
              var _ = channel.close();
            });
    return answer;
  }

  /**
   * Finds the monitors' directories below another: those that have such a socket, whether or not
   * anybody listens on it. Links are not followed, and what cannot be looked into is left out.
   *
   * @return sorted; with the directory itself if it is one
   * @throws IOException when there is no such directory
   */
  public static List<Path> findBelow(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            if (Files.exists(each.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
              found.add(each);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException refused)
              throws IOException {
            if (each.equals(directory)) {
              throw refused;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failed) {
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), DEEPEST + 1, visitor);
    found.sort(null);
    return found;
  }
}
