package io.conmonj.it.demo;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.conmonj.it.pod.NeedsContainers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code make demo} shows is so. */
@NeedsContainers
class DemoTest {
  @Test
  @Timeout(180)
  void aSessionGoesOnWhenTheContainerRuntimeIsKilledAndNothingIsLeftInTheEnd() {
    assertThatCode(() -> Demo.main(new String[0])).doesNotThrowAnyException();
  }
}
