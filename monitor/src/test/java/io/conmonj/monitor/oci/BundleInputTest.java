package io.conmonj.monitor.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleInputTest {
  @TempDir Path bundle;

  @ParameterizedTest
  @CsvSource({
    "true,true,false,true",
    "false,true,false,false",
    "true,false,false,false",
    "true,true,true,false"
  })
  void theAnnotationsOfCriOSayWhetherTheFirstClientsInputIsAll(
      boolean once, boolean stdin, boolean tty, boolean expected) throws Exception {
    Files.writeString(
        bundle.resolve("config.json"),
        """
        {"process": {"args": ["cat"], "terminal": false},
         "annotations": {
           "io.kubernetes.cri-o.Stdin": "%s",
           "io.kubernetes.cri-o.StdinOnce": "%s",
           "io.kubernetes.cri-o.TTY": "%s"}}
        """
            .formatted(stdin, once, tty));
    assertThat(BundleInput.isOnce(bundle.toString())).isEqualTo(expected);
  }

  @Test
  void aBundleWithoutAnnotationsSaysNothingAndOneThatIsNoneIsAnError() throws Exception {
    assertThatThrownBy(() -> BundleInput.isOnce(bundle.toString())).isInstanceOf(IOException.class);
    Files.writeString(bundle.resolve("config.json"), "{\"process\":{}}");
    assertThat(BundleInput.isOnce(bundle.toString())).isFalse();
  }
}
