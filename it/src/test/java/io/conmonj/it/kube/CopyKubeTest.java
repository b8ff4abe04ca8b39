package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl cp}, which is tar over exec. */
@NeedsKube
class CopyKubeTest {
  private final KubeNode node;

  CopyKubeTest(KubeNode node) {
    this.node = node;
  }

  @ParameterizedTest
  @EnumSource
  void twoHundredMebibytesGoThereAndBack(Way way) throws Exception {
    try (KubePod pod = KubePod.run(node, "copy", "exec sleep 1000000")) {
      Kubectl.Result copied =
          node.kubectl(way)
              .shell(
                  """
                  head -c 209715200 /dev/urandom >"$2"
                  $kubectl cp "$2" "$1:/tmp/copied" || exit
                  $kubectl exec "$1" -- sha256sum /tmp/copied | cut -c 1-64
                  $kubectl cp "$1:/tmp/copied" "$2.back" >/dev/null || exit
                  for file in "$2" "$2.back"; do sha256sum "$file" | cut -c 1-64; rm "$file"; done\
                  """,
                  pod.name(),
                  node.directory().resolve("copied").toString());
      assertThat(copied.code()).as(copied.error()).isZero();
      assertThat(copied.out().lines()).hasSize(3);
      assertThat(copied.out().lines().distinct()).hasSize(1);
    }
  }
}
