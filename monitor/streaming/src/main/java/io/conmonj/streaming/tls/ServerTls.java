package io.conmonj.streaming.tls;

import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of a server. Before each connection it looks whether a file has changed; new files that
 * cannot be used, for example because they are being written, leave the old ones in force. It looks
 * at them where the handshakes are computed, for they may be on a disk that hangs.
 */
public final class ServerTls {
  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

  /** The upgrades are of HTTP/1.1 (RFC 7230, 6.7; HTTP/2 has none), so nothing else is offered. */
  private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};

  private final TlsConfig config;
  private final List<Path> files;
  private final Executor handshakes;
  private List<Optional<FileState>> seen;
  private SSLContext context;

  private ServerTls(TlsConfig config, List<Path> files, Executor handshakes) throws IOException {
    this.config = config;
    this.files = files;
    this.handshakes = handshakes;
    // The states are taken first: a file that changes while it is read counts as changed.
    this.seen = FileState.of(files);
    this.context = TlsContexts.load(config);
  }

  /**
   * Reads the files.
   *
   * @param config which files, and for whom
   * @param handshakes looks at the files again, and computes what handshakes need; may refuse to,
   *     which ends the connection
   * @throws IOException naming the file that cannot be used and why
   */
  public static ServerTls load(TlsConfig config, Executor handshakes) throws IOException {
    List<Path> files = new ArrayList<>(List.of(config.certificate(), config.key()));
    config.clientCa().ifPresent(files::add);
    return new ServerTls(config, files, handshakes);
  }

  /** The first handlers of a new connection, in their order; it uses what the files say then. */
  public ChannelHandler[] newHandlers() {
    return new ChannelHandler[] {new Ciphertext(), new TlsStart(this, handshakes)};
  }

  /** For a connection that has come before this call. On any thread; may wait for a disk. */
  synchronized SSLEngine newEngine() {
    reloadIfChanged();
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(config.minVersion().protocols());
    parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
    parameters.setNeedClientAuth(config.clientCa().isPresent());
    engine.setSSLParameters(parameters);
    return engine;
  }

  private void reloadIfChanged() {
    List<Optional<FileState>> now = FileState.of(files);
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      context = TlsContexts.load(config);
      log.info("streaming certificate {} loaded anew", config.certificate());
    } catch (IOException unusable) {
      log.warn("changed streaming certificate not used: {}", unusable.getMessage());
    }
  }
}
