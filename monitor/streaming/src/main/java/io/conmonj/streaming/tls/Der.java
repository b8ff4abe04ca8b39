package io.conmonj.streaming.tls;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;

/** As much of DER (X.690) as it takes to put an old kind of private key into a PKCS#8 envelope. */
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  /** The version of PKCS#8 (RFC 5208): the integer 0. */
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  /** Lengths from here on are written as the number of their bytes with this bit, and the bytes. */
  private static final int LONG_FORM = 0x80;

  private Der() {}

  /**
   * Wraps a PKCS#1 (RFC 8017) or SEC1 (RFC 5915) key. What kind it is, and on what curve, stands in
   * the public key.
   *
   * @param key the bare private key
   * @param publicKey the SubjectPublicKeyInfo (RFC 5280) of the same pair
   */
  static byte[] pkcs8(byte[] key, byte[] publicKey) throws InvalidKeySpecException {
    int start = contentStart(publicKey, 0);
    int end = contentStart(publicKey, start) + length(publicKey, start);
    byte[] algorithm = Arrays.copyOfRange(publicKey, start, end);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION);
    content.writeBytes(algorithm);
    content.writeBytes(element(OCTET_STRING, key));
    return element(SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < LONG_FORM) {
      out.write(content.length);
    } else {
      // Two bytes, or three: a key of 8,192 bits has fewer than 2^24.
      int bytes = content.length > 0xffff ? 3 : 2;
      out.write(LONG_FORM | bytes);
      for (int left = bytes - 1; left >= 0; left--) {
        out.write(content.length >> (left * Byte.SIZE));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static int contentStart(byte[] der, int at) throws InvalidKeySpecException {
    int first = octet(der, at + 1);
    return at + 2 + (first < LONG_FORM ? 0 : first - LONG_FORM);
  }

  private static int length(byte[] der, int at) throws InvalidKeySpecException {
    int first = octet(der, at + 1);
    if (first < LONG_FORM) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < first - LONG_FORM; i++) {
      length = (length << Byte.SIZE) | octet(der, at + 2 + i);
    }
    return length;
  }

  private static int octet(byte[] der, int at) throws InvalidKeySpecException {
    if (at >= der.length) {
      throw new InvalidKeySpecException("the public key is cut off");
    }
    return Byte.toUnsignedInt(der[at]);
  }
}
