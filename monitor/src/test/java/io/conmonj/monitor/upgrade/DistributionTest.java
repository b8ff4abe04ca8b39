package io.conmonj.monitor.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be upgraded to, and what is refused. */
class DistributionTest {
  @TempDir Path work;

  private Path tree;

  @BeforeEach
  void layOut() throws Exception {
    tree = work.toRealPath().resolve("1.1.0");
    for (String each : List.of("bin/conmonj", "lib/runtime/bin/java", "lib/holder/conmonj")) {
      write(each, "rwxr-xr-x");
    }
    for (String each : List.of("lib/monitor.jar", "lib/monitor.options", "lib/native/any")) {
      write(each, "rw-r--r--");
    }
    write("lib/runtime/lib/modules", "rw-r--r--");
  }

  @AfterEach
  void forget() {
    System.clearProperty("conmonj.launcher");
  }

  private void write(String name, String permissions) throws Exception {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> Distribution.find(Optional.of(tree)))
        .isInstanceOf(UpgradeException.class)
        .hasMessage(tree + "/" + why);
  }

  @Test
  void aCompleteOneIsFound() throws Exception {
    Distribution found = Distribution.find(Optional.of(tree));
    assertThat(found.directory()).isEqualTo(tree);
    assertThat(found.launcher()).isEqualTo(tree.resolve("bin/conmonj"));
  }

  @Test
  void theDefaultIsWhereTheLaunchersPathLeadsNow() throws Exception {
    Path link = work.resolve("conmonj");
    Files.createSymbolicLink(link, Path.of("nowhere"));
    System.setProperty("conmonj.launcher", link.toString());
    assertThatThrownBy(() -> Distribution.find(Optional.empty()))
        .hasMessage(link + ": no such file or directory");
    Files.delete(link);
    Files.createSymbolicLink(link, tree.resolve("bin/conmonj"));
    Distribution found = Distribution.find(Optional.empty());
    assertThat(found.directory()).isEqualTo(tree);
    assertThat(found.link()).isEqualTo(link);
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Files.delete(tree.resolve("lib/monitor.jar"));
    assertRefused("lib/monitor.jar: no such file or directory");
  }

  @Test
  void aProgramMustBeExecutable() throws Exception {
    write("lib/holder/conmonj", "rw-r--r--");
    assertRefused("lib/holder/conmonj is not executable");
  }

  @Test
  void nobodyElseMayWriteToAnyFile() throws Exception {
    write("lib/monitor.jar", "rw-rw-r--");
    assertRefused("lib/monitor.jar is writable by others");
  }

  @Test
  void nobodyElseMayWriteToWhatAProgramLoadsLater() throws Exception {
    write("lib/runtime/lib/server/libjvm.so", "rw-r--rw-");
    assertRefused("lib/runtime/lib/server/libjvm.so is writable by others");
  }

  @Test
  void nobodyElseMayWriteToWhereALinkLeads() throws Exception {
    Path elsewhere = Files.createDirectory(work.toRealPath().resolve("elsewhere"));
    Path library = Files.writeString(elsewhere.resolve("libany.so"), "any");
    Files.createSymbolicLink(tree.resolve("lib/native/libany.so"), library);
    Files.createSymbolicLink(tree.resolve("lib/native/again"), tree.resolve("lib"));
    assertThat(Distribution.find(Optional.of(tree)).directory()).isEqualTo(tree);
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Distribution.find(Optional.of(tree)))
        .isInstanceOf(UpgradeException.class)
        .hasMessage(elsewhere + " is writable by others");
  }

  @Test
  void nobodyElseMayReplaceAnyDirectory() throws Exception {
    Files.setPosixFilePermissions(
        tree.resolve("lib/runtime"), PosixFilePermissions.fromString("rwxrwxr-x"));
    assertRefused("lib/runtime is writable by others");
  }
}
