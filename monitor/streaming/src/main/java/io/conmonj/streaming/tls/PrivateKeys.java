package io.conmonj.streaming.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Finds the private key that belongs to a certificate. */
final class PrivateKeys {
  private PrivateKeys() {}

  /**
   * Reads the key among the blocks of a file.
   *
   * @param of the public key that the private one must belong to
   * @throws IOException when there is none, or it is encrypted
   * @throws GeneralSecurityException when it is damaged or of another kind, or does not fit
   */
  static PrivateKey find(List<Pem.Block> blocks, PublicKey of)
      throws IOException, GeneralSecurityException {
    for (Pem.Block block : blocks) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return fitting(block.der(), of);
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
          return fitting(Der.pkcs8(block.der(), of.getEncoded()), of);
        }
        case "ENCRYPTED PRIVATE KEY" -> throw new IOException("the private key is encrypted");
        default -> {
          // Not a key: parameters of one, or the certificates where one file has all.
        }
      }
    }
    throw new IOException("there is no private key in it");
  }

  private static PrivateKey fitting(byte[] pkcs8, PublicKey of) throws GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    byte[] text = "one key of a pair".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(signatureOf(of.getAlgorithm()));
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(of);
    signature.update(text);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the private key is not that of the certificate");
    }
    return key;
  }

  private static String signatureOf(String algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA" -> "EdDSA";
      default -> throw new GeneralSecurityException("keys of kind " + algorithm + " are not known");
    };
  }
}
