package io.conmonj.it.crio;

import io.conmonj.it.pod.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A program before runc that takes from a bundle what a machine without CAP_SYS_RESOURCE or without
 * a cgroup for huge pages refuses: a negative oomScoreAdj, rlimits and limits of huge pages. And it
 * gives infra containers more than the least share of the processors, with which they do not run at
 * all, and so do not end, while others keep the machine busy. Nothing else is changed, and nothing
 * that the monitor has to do with.
 */
final class RuntimeFilter {
  private static final String SCRIPT =
      """
      #!/bin/sh
      before=
      for argument; do
        if [ "$before" = --bundle ]; then
          sed -z -E -i -e 's/"oomScoreAdj":\\s*-[0-9]+/"oomScoreAdj": 0/' -e 's/"rlimits":\\s*\\[[^]]*\\]/"rlimits": []/' \\
            -e 's/"hugepageLimits":\\s*\\[[^]]*\\]/"hugepageLimits": []/' \\
            -e 's/"shares":\\s*2\\b/"shares": 1024/' "$argument/config.json"
        fi
        before=$argument
      done
      exec RUNC "$@"
      """;

  private RuntimeFilter() {}

  /** Writes it as a file. */
  static Path write(Path file) throws IOException {
    Files.writeString(file, SCRIPT.replace("RUNC", Runc.find().toString()));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
