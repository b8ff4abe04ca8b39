package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FdTest {
  @Test
  void closingTwiceLeavesAReusedNumberAlone() throws Exception {
    Pipe first = Pipe.open();
    int number = first.readEnd().number();
    first.close();
    try (Pipe second = Pipe.open()) {
      assertThat(second.readEnd().number()).isEqualTo(number);
      first.close();
      assertThat(Fcntl.isOpen(number)).isTrue();
    }
  }

  @Test
  void aClosedDescriptorRefusesToTellItsNumber() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.close();
    assertThat(pipe.readEnd().closed()).isTrue();
    assertThatThrownBy(() -> pipe.readEnd().number())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already closed");
  }

  @Test
  void aNumberClosedBehindTheOwnersBackIsReported() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      Fd thief = Fd.adopt(pipe.readEnd().number());
      thief.close();
      assertThatThrownBy(() -> pipe.readEnd().close())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not open any more");
    }
  }

  @Test
  void aReleasedDescriptorStaysOpen() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      int number = pipe.writeEnd().release();
      pipe.writeEnd().close();
      try (Fd again = Fd.adopt(number)) {
        assertThat(Fcntl.isOpen(again.number())).isTrue();
      }
      assertThat(Fcntl.isOpen(number)).isFalse();
    }
  }

  @Test
  void aNegativeNumberIsNotAdopted() {
    assertThatThrownBy(() -> Fd.adopt(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
