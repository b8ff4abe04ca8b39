package io.conmonj.it.crio;

import io.conmonj.it.bundle.BusyboxBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An image of busybox alone, as a directory of the OCI image layout (image-layout.md of the OCI
 * image specification), tagged {@code latest}.
 */
final class BusyboxImage {
  private static final String MEDIA = "application/vnd.oci.image.";

  private final Path blobs;

  private BusyboxImage(Path blobs) {
    this.blobs = blobs;
  }

  /** A blob that is there. */
  private record Blob(String digest, long size) {
    String descriptor(String type) {
      return """
      {"mediaType":"%s%s","digest":"sha256:%s","size":%d}"""
          .formatted(MEDIA, type, digest, size);
    }
  }

  /** Writes the layout. */
  static void write(Path directory) throws Exception {
    Path blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
    new BusyboxImage(blobs)
        .write(directory, BusyboxBundle.create(directory.resolve("bundle"), false, List.of("sh")));
  }

  private void write(Path directory, BusyboxBundle bundle) throws Exception {
    Path tar = directory.resolve("layer.tar");
    String rootfs = bundle.directory().resolve("rootfs").toString();
    if (new ProcessBuilder("tar", "-C", rootfs, "-cf", tar.toString(), ".").start().waitFor()
        != 0) {
      throw new IOException("tar " + rootfs);
    }
    Blob layer = blob(Files.readAllBytes(tar));
    Files.delete(tar);
    Blob config =
        text(
            """
            {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["sleep","1000000"]},\
            "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}"""
                .formatted(layer.digest()));
    Blob manifest =
        text(
            """
            {"schemaVersion":2,"mediaType":"%smanifest.v1+json","config":%s,"layers":[%s]}"""
                .formatted(
                    MEDIA, config.descriptor("config.v1+json"), layer.descriptor("layer.v1.tar")));
    Files.writeString(
        directory.resolve("index.json"),
        """
        {"schemaVersion":2,"manifests":[{"mediaType":"%smanifest.v1+json","digest":"sha256:%s","size":%d,\
        "annotations":{"org.opencontainers.image.ref.name":"latest"}}]}"""
            .formatted(MEDIA, manifest.digest(), manifest.size()));
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  private Blob text(String content) throws IOException {
    return blob(content.getBytes(StandardCharsets.UTF_8));
  }

  private Blob blob(byte[] content) throws IOException {
    try {
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      Files.write(blobs.resolve(digest), content);
      return new Blob(digest, content.length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
