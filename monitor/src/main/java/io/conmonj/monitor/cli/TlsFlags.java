package io.conmonj.monitor.cli;

import io.conmonj.monitor.daemon.StartDirectory;
import io.conmonj.streaming.tls.TlsConfig;
import io.conmonj.streaming.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The flags of the streaming server's TLS. */
final class TlsFlags {
  private TlsFlags() {}

  static boolean anyGiven(CommandLine line) {
    return line.given(Flag.STREAMING_TLS_CERT)
        || line.given(Flag.STREAMING_TLS_KEY)
        || line.given(Flag.STREAMING_TLS_CLIENT_CA)
        || line.given(Flag.STREAMING_TLS_MIN_VERSION);
  }

  /**
   * Reads and checks them; what is in the files is not looked at.
   *
   * @return empty when none is given
   * @throws UsageException when one is missing beside another, or a file is
   */
  static Optional<TlsConfig> read(CommandLine line) throws UsageException {
    if (!anyGiven(line)) {
      return Optional.empty();
    }
    Path certificate = required(line, Flag.STREAMING_TLS_CERT);
    Path key = required(line, Flag.STREAMING_TLS_KEY);
    Optional<Path> clientCa =
        line.given(Flag.STREAMING_TLS_CLIENT_CA)
            ? Optional.of(file(line, Flag.STREAMING_TLS_CLIENT_CA))
            : Optional.empty();
    return Optional.of(new TlsConfig(certificate, key, clientCa, minVersion(line)));
  }

  private static TlsVersion minVersion(CommandLine line) {
    return line.value(Flag.STREAMING_TLS_MIN_VERSION).equals("VersionTLS13")
        ? TlsVersion.TLS13
        : TlsVersion.TLS12;
  }

  private static Path required(CommandLine line, Flag flag) throws UsageException {
    if (!line.given(flag)) {
      throw new UsageException("streaming over TLS needs '" + flag.shown() + "'");
    }
    return file(line, flag);
  }

  private static Path file(CommandLine line, Flag flag) throws UsageException {
    String given = line.value(flag);
    try {
      Path path = StartDirectory.resolve(given);
      if (Files.isRegularFile(path) && Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException _) {
      // No file can have such a name.
    }
    throw UsageException.invalidValue(given, flag, "not a file that can be read");
  }
}
