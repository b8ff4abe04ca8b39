package io.conmonj.it.crio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.conmonj.it.bundle.BusyboxBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An image of busybox and a script in place of the {@code pgrep} that Debian's lacks.
 *
 * @param name what it is known by, with a tag
 * @param command what a container of it runs unless told otherwise
 */
public record BusyboxImage(String name, List<String> command) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA = "application/vnd.oci.image.";

  private static final String PGREP =
      """
      #!/bin/sh
      found=1
      for process in /proc/[0-9]*; do
        if grep -q "$1" $process/comm 2>/dev/null; then
          echo ${process#/proc/}
          found=0
        fi
      done
      exit $found
      """;

  /** A blob that is there. */
  private record Blob(String digest, long size) {
    String descriptor(String type) {
      return """
      {"mediaType":"%s%s","digest":"sha256:%s","size":%d}"""
          .formatted(MEDIA, type, digest, size);
    }
  }

  /**
   * Writes it as a directory of the OCI image layout (image-layout.md of the OCI image
   * specification), tagged {@code latest}.
   */
  void write(Path directory) throws Exception {
    Path blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
    BusyboxBundle bundle = BusyboxBundle.create(directory.resolve("bundle"), false, List.of("sh"));
    Path tar = directory.resolve("layer.tar");
    Path rootfs = bundle.directory().resolve("rootfs");
    Path pgrep = Files.writeString(rootfs.resolve("bin/pgrep"), PGREP);
    Files.setPosixFilePermissions(pgrep, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (new ProcessBuilder("tar", "-C", rootfs.toString(), "-cf", tar.toString(), ".")
            .start()
            .waitFor()
        != 0) {
      throw new IOException("tar " + rootfs);
    }
    Blob layer = blob(blobs, Files.readAllBytes(tar));
    Files.delete(tar);
    Blob config =
        text(
            blobs,
            """
            {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":%s},\
            "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}"""
                .formatted(JSON.writeValueAsString(command), layer.digest()));
    Blob manifest =
        text(
            blobs,
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

  private static Blob text(Path blobs, String content) throws IOException {
    return blob(blobs, content.getBytes(StandardCharsets.UTF_8));
  }

  private static Blob blob(Path blobs, byte[] content) throws IOException {
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
