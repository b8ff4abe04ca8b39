package io.conmonj.monitor.oci;

import io.conmonj.monitor.json.JsonMembers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What CRI-O says in a bundle of its container's standard input, as annotations; no call of the
 * compatible control interface carries it.
 */
public final class BundleInput {
  private static final String PREFIX = "io.kubernetes.cri-o.";
  private static final String STDIN = PREFIX + "Stdin";
  private static final String STDIN_ONCE = PREFIX + "StdinOnce";
  private static final String TTY = PREFIX + "TTY";
  private static final String TRUE = "true";

  /** Far longer than any that a runtime would read: 16 MiB. */
  static final long MAX_CONFIG = 16L * 1024 * 1024;

  private BundleInput() {}

  /**
   * Whether the input of the first who attaches is all of the container's ({@code stdinOnce} of the
   * Kubernetes API): its end is the end of the container's input. Blocks: not on the loop thread.
   *
   * @param bundle the directory of the bundle
   * @throws IOException when its config.json cannot be read
   */
  public static boolean isOnce(String bundle) throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(Path.of(bundle, "config.json")))) {
      Map<String, String> found = JsonMembers.strings(in, "annotations", PREFIX, MAX_CONFIG);
      return TRUE.equals(found.get(STDIN_ONCE))
          && TRUE.equals(found.get(STDIN))
          && !TRUE.equals(found.get(TTY));
    }
  }
}
