package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerIdTest {
  @Test
  void namesThatRuncTakesAreValid() {
    for (String id : new String[] {"a", "A-b_c.d+e", "0", "f".repeat(64), "..."}) {
      assertThat(ContainerId.isValid(id)).as(id).isTrue();
    }
  }

  @Test
  void namesThatCouldBeAnOptionAPathOrNothingAreNot() {
    for (String id :
        new String[] {"", "-a", ".", "..", "a/b", "a b", "a\0", "ä", "a\n", "x".repeat(201)}) {
      assertThat(ContainerId.isValid(id)).as(id).isFalse();
    }
  }
}
