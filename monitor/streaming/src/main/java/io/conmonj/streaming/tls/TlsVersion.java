package io.conmonj.streaming.tls;

/** The least version of TLS that is spoken. RFC 8996 forbids those before 1.2. */
public enum TlsVersion {
  /** TLS 1.2 or 1.3. */
  TLS12,
  /** TLS 1.3 only. */
  TLS13;

  /** What to enable, in the names of the JDK. */
  String[] protocols() {
    return switch (this) {
      case TLS12 -> new String[] {"TLSv1.3", "TLSv1.2"};
      case TLS13 -> new String[] {"TLSv1.3"};
    };
  }
}
