package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OOM kills are counted in the container's own cgroup, with files as the kernel makes them up. */
class OomKillsTest {
  @TempDir Path root;
  private Path membership;

  @BeforeEach
  void nameMembership() {
    membership = root.resolve("membership");
  }

  private OomKills kills(String lines) throws IOException {
    Files.writeString(membership, lines);
    return OomKills.of("web", membership.toString(), root.toString());
  }

  private Path v1(String cgroup, int kills) throws IOException {
    Path file = root.resolve("memory" + cgroup).resolve("memory.oom_control");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "oom_kill_disable 0\nunder_oom 0\noom_kill " + kills + "\n");
  }

  private Path v2(String cgroup, int ooms, int kills) throws IOException {
    Path file = root.resolve(cgroup.substring(1)).resolve("memory.events");
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file, "high 0\nmax 9\noom " + ooms + "\noom_kill " + kills + "\noom_group_kill 0\n");
  }

  @Test
  void aKillSinceTheCreationCountsInVersion1() throws Exception {
    v1("/pod/web", 0);
    OomKills kills = kills("9:name=systemd:/x\n4:memory:/pod/web\n1:cpu:/y\n0::/\n");
    assertThat(kills.any()).isFalse();
    v1("/pod/web", 1);
    assertThat(kills.any()).isTrue();
  }

  @Test
  void aKillSinceTheCreationCountsInVersion2() throws Exception {
    v2("/pod.slice/web.scope", 0, 0);
    OomKills kills = kills("1:net_cls:/\n0::/pod.slice/web.scope\n");
    assertThat(kills.any()).isFalse();
    v2("/pod.slice/web.scope", 1, 1);
    assertThat(kills.any()).isTrue();
  }

  @Test
  void killsFromBeforeTheCreationDoNotCount() throws Exception {
    v1("/web", 3);
    OomKills kills = kills("4:hugetlb,memory:/web\n");
    assertThat(kills.any()).isFalse();
    v1("/web", 4);
    assertThat(kills.any()).isTrue();
  }

  @Test
  void aLimitThatWasReachedWithoutAKillDoesNotCount() throws Exception {
    v2("/web", 0, 0);
    OomKills kills = kills("0::/web\n");
    v2("/web", 7, 0);
    assertThat(kills.any()).isFalse();
  }

  @Test
  void killsInTheCgroupsAroundAndBesideItDoNotCount() throws Exception {
    v2("/pod", 0, 0);
    v2("/pod/web", 0, 0);
    v2("/pod/db", 0, 0);
    OomKills kills = kills("0::/pod/web\n");
    v2("/pod", 5, 5);
    v2("/pod/db", 5, 5);
    assertThat(kills.any()).isFalse();
  }

  @Test
  void aCgroupThatIsGoneTellsOfNoKill() throws Exception {
    Path file = v2("/web", 0, 0);
    OomKills kills = kills("0::/web\n");
    Files.delete(file);
    assertThat(kills.any()).isFalse();
  }

  @Test
  void linesAndPathsMayBeLong() throws Exception {
    String cgroup = "/a".repeat(100) + "/" + "b".repeat(250) + "/" + "c".repeat(250);
    v1(cgroup, 0);
    OomKills kills =
        kills("2:cpu:/" + "x".repeat(5000) + "\n1:memory:" + cgroup + "\n0::/" + "y".repeat(5000));
    v1(cgroup, 1);
    assertThat(kills.any()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4:memory:/\n0::/\n", "0::/\n", "", "nonsense", "4:memory:/absent\n"})
  void withoutACgroupOfItsOwnNothingIsCounted(String lines) throws Exception {
    v1("/", 0);
    v2("/", 0, 0);
    OomKills kills = kills(lines);
    v1("/", 1);
    v2("/", 1, 1);
    assertThat(kills.any()).isFalse();
  }

  @Test
  void aKernelThatDoesNotCountKillsTellsOfNone() throws Exception {
    Path file = v1("/web", 0);
    Files.writeString(file, "oom_kill_disable 0\nunder_oom 0\n");
    OomKills kills = kills("4:memory:/web\n");
    v1("/web", 1);
    assertThat(kills.any()).isFalse();
  }

  @Test
  void ofAProcessThatIsNotThereNothingIsCounted() {
    OomKills kills = OomKills.of("web", root + "/absent", root.toString());
    assertThat(kills.any()).isFalse();
  }
}
