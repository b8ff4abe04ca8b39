package io.conmonj.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What this process was started with, as the kernel has it: the Java VM puts U+FFFD for bytes that
 * are not UTF-8, and what then goes on is another text. Any thread; needs proc(5).
 */
public final class ProcessTexts {
  private static final char REPLACED = '\ufffd';

  private ProcessTexts() {}

  /**
   * Finds an argument that is not UTF-8. Looks no further where none of them can be one.
   *
   * @param arguments those of the program, as the Java VM gave them
   * @return the first one, with its other bytes as {@code \xHH}; null if there is none
   * @throws IOException if /proc cannot be read
   */
  public static String malformed(String[] arguments) throws IOException {
    boolean any = false;
    for (String argument : arguments) {
      any |= isDoubtful(argument);
    }
    if (any) {
      List<byte[]> line = read("cmdline");
      for (byte[] text : line.subList(line.size() - arguments.length, line.size())) {
        String shown = shown(text);
        if (shown != null) {
          return shown;
        }
      }
    }
    return null;
  }

  /**
   * Tells whether the value of an environment variable is not UTF-8.
   *
   * @param name the variable
   * @param value as the Java VM gave it; may be null
   * @return its assignment, with the other bytes as {@code \xHH}; null if it is UTF-8
   * @throws IOException if /proc cannot be read
   */
  public static String malformed(String name, String value) throws IOException {
    if (value != null && isDoubtful(value)) {
      for (byte[] text : read("environ")) {
        String shown = shown(text);
        if (shown != null && shown.startsWith(name + "=")) {
          return shown;
        }
      }
    }
    return null;
  }

  private static boolean isDoubtful(String text) {
    return text.indexOf(REPLACED) >= 0;
  }

  /** Each ends with a byte 0. */
  private static List<byte[]> read(String file) throws IOException {
    byte[] all = Files.readAllBytes(Path.of("/proc/self", file));
    List<byte[]> texts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == 0) {
        texts.add(Arrays.copyOfRange(all, start, i));
        start = i + 1;
      }
    }
    return texts;
  }

  /** Null if it is UTF-8. */
  private static String shown(byte[] text) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(text);
    CharBuffer out = CharBuffer.allocate(text.length * 4);
    boolean malformed = false;
    for (CoderResult end = decoder.decode(in, out, true);
        end.isError();
        end = decoder.decode(in, out, true)) {
      malformed = true;
      for (int i = 0; i < end.length(); i++) {
        int value = in.get() & 0xff;
        out.put("\\x").put(Character.forDigit(value >> 4, 16));
        out.put(Character.forDigit(value & 0xf, 16));
      }
    }
    return malformed ? out.flip().toString() : null;
  }
}
