package io.conmonj.client.cli;

import io.conmonj.client.transport.ClientTls;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Transport;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that connect to a monitor's streaming server. */
final class ConnectionFlags {
  /** The names of {@link Transport} in options. */
  enum Name {
    spdy,
    websocket
  }

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "What carries the session: ${COMPLETION-CANDIDATES}. Default: websocket, and spdy for"
              + " port-forward")
  private Name transport;

  @Option(
      names = "--certificate-authority",
      paramLabel = "FILE",
      description =
          "Where the monitor's streaming server is at an https URL: the CAs that may vouch for it,"
              + " PEM. Default: those that Java trusts")
  private Path authorities;

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description = "A certificate to show to it, PEM")
  private Path certificate;

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description = "The certificate's private key, PEM (PKCS#8, not encrypted)")
  private Path key;

  @Option(
      names = "--tls-server-name",
      paramLabel = "NAME",
      description = "The name that its certificate must have. Default: the URL's host")
  private String serverName;

  /** What the options say, with a transport for when they say nothing of it. */
  ConnectionOptions options(Transport defaultTransport) throws CommandFailedException {
    if ((certificate == null) != (key == null)) {
      throw new CommandFailedException("--client-certificate and --client-key belong together");
    }
    ClientTls tls =
        new ClientTls(
            Optional.ofNullable(authorities),
            Optional.ofNullable(certificate),
            Optional.ofNullable(key),
            Optional.ofNullable(serverName));
    return new ConnectionOptions(transport(defaultTransport), tls);
  }

  private Transport transport(Transport defaultTransport) {
    return switch (transport) {
      case spdy -> Transport.SPDY;
      case websocket -> Transport.WEBSOCKET;
      case null -> defaultTransport;
    };
  }
}
