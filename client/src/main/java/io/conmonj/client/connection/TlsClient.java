package io.conmonj.client.connection;

import io.conmonj.client.transport.ClientTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The JDK's TLS with the files of a configuration. */
final class TlsClient {
  private final SslContext context;
  private final Optional<String> serverName;

  private TlsClient(SslContext context, Optional<String> serverName) {
    this.context = context;
    this.serverName = serverName;
  }

  /**
   * Reads the files.
   *
   * @throws IOException naming the file that cannot be used and why
   */
  static TlsClient of(ClientTls config) throws IOException {
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    if (config.authorities().isPresent()) {
      load("CA certificates", config.authorities().get(), builder::trustManager);
    }
    if (config.certificate().isPresent()) {
      Path certificate = config.certificate().get();
      try (InputStream chain = open("certificate", certificate)) {
        load("private key", config.key().get(), key -> builder.keyManager(chain, key));
      }
    }
    return new TlsClient(builder.build(), config.serverName());
  }

  /** The first handler of a connection; it checks that the server has the name of the URL. */
  ChannelHandler newHandler(ByteBufAllocator allocator, StreamingUrl url) {
    return context.newHandler(allocator, serverName.orElse(url.host()), url.port());
  }

  private interface Use {
    SslContextBuilder of(InputStream content);
  }

  private static void load(String what, Path file, Use use) throws IOException {
    try (InputStream content = open(what, file)) {
      SslContextBuilder _ = use.of(content);
    } catch (IllegalArgumentException unusable) {
      Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
      throw new IOException("load " + what + " " + file + ": " + cause.getMessage(), unusable);
    }
  }

  private static InputStream open(String what, Path file) throws IOException {
    try {
      return Files.newInputStream(file);
    } catch (FileSystemException e) {
      // The JDK's file exceptions have the file's name for their message.
      throw new IOException("load " + what + " " + file + ": " + e.getClass().getSimpleName(), e);
    }
  }
}
