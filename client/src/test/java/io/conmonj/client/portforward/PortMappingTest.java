package io.conmonj.client.portforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortMappingTest {
  @Test
  void readsWhatKubectlReads() {
    assertThat(PortMapping.parse("8080:80")).isEqualTo(new PortMapping(8080, 80));
    assertThat(PortMapping.parse("80")).isEqualTo(new PortMapping(80, 80));
    assertThat(PortMapping.parse(":80")).isEqualTo(new PortMapping(0, 80));
    assertThat(PortMapping.parse("0:65535")).isEqualTo(new PortMapping(0, 65535));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":", "80:", "0", "1:0", "65536", "1:65536", "-1:80", "+1:2", "a", "1:2:3", " 1"
      })
  void namesWhatIsNoPort(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PortMapping.parse(text))
        .withMessage("port '" + text + "': must be [LOCAL:]REMOTE, each 1 to 65535");
  }
}
