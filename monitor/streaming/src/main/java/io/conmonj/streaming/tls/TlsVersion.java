package io.conmonj.streaming.tls;

/** A least version of TLS. Older ones are not to be had: RFC 8996 has ended them. */
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
