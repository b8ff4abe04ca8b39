package io.conmonj.streaming.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes the JDK's TLS context from files. */
final class TlsContexts {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final char[] NO_PASSWORD = {};

  private TlsContexts() {}

  /**
   * Reads all files of a configuration.
   *
   * @throws IOException naming the file that cannot be used and why
   */
  static SSLContext load(TlsConfig config) throws IOException {
    List<Certificate> chain = certificates("certificate", config.certificate());
    KeyManager[] keys = keyManagers(config.key(), chain);
    TrustManager[] trust =
        config.clientCa().isEmpty() ? new TrustManager[0] : trustManagers(config.clientCa().get());
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException refused) {
      throw new IOException("set up TLS: " + refused.getMessage(), refused);
    }
  }

  private static KeyManager[] keyManagers(Path file, List<Certificate> chain) throws IOException {
    try {
      PrivateKey key = PrivateKeys.find(Pem.read(file), chain.getFirst().getPublicKey());
      KeyStore store = emptyStore();
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (IOException | GeneralSecurityException unusable) {
      throw unusable("private key", file, unusable);
    }
  }

  private static TrustManager[] trustManagers(Path file) throws IOException {
    try {
      KeyStore store = emptyStore();
      for (Certificate authority : certificates("client CA", file)) {
        store.setCertificateEntry("ca" + store.size(), authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException unusable) {
      throw unusable("client CA", file, unusable);
    }
  }

  private static List<Certificate> certificates(String what, Path file) throws IOException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<Certificate> certificates = new ArrayList<>();
      for (Pem.Block block : Pem.read(file)) {
        if (block.label().equals(CERTIFICATE)) {
          certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
      if (certificates.isEmpty()) {
        throw new IOException("there is no certificate in it");
      }
      return certificates;
    } catch (IOException | GeneralSecurityException unusable) {
      throw unusable(what, file, unusable);
    }
  }

  /** In memory only, so that its type does not matter. */
  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static IOException unusable(String what, Path file, Exception cause) {
    return new IOException("load " + what + " " + file + ": " + reason(cause), cause);
  }

  /** The JDK's file exceptions have the file's name for their message. */
  private static String reason(Exception cause) {
    return cause instanceof FileSystemException
        ? cause.getClass().getSimpleName()
        : String.valueOf(cause.getMessage());
  }
}
