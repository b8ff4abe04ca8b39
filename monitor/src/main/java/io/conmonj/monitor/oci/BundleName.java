package io.conmonj.monitor.oci;

import io.conmonj.monitor.json.JsonMembers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a container is called by those who run it, as an annotation of its bundle says. */
public final class BundleName {
  private static final String PREFIX = "io.kubernetes.";

  /** CRI-O's own name for it, which names the pod too, and which it gives to conmon. */
  private static final String OF_CRIO = PREFIX + "cri-o.Name";

  /** The name within the pod, as the kubelet has it. */
  private static final String OF_KUBELET = PREFIX + "container.name";

  private BundleName() {}

  /**
   * Reads it. Blocks: not on the loop thread.
   *
   * @param bundle the directory of the bundle
   * @return empty if it is not said
   * @throws IOException when its config.json cannot be read
   */
  public static String of(String bundle) throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(Path.of(bundle, "config.json")))) {
      Map<String, String> found =
          JsonMembers.strings(in, "annotations", PREFIX, BundleInput.MAX_CONFIG);
      String ofKubelet = found.getOrDefault(OF_KUBELET, "");
      return found.getOrDefault(OF_CRIO, ofKubelet);
    }
  }
}
