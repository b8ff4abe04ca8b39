package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final List<Runnable> told = new ArrayList<>();
  private boolean tight;

  @Test
  void aReaderThatCouldNotBeToldForLackOfMemoryGoesOnWhenItCan() {
    Backlog backlog = new Backlog(this::tell);
    List<String> heard = new ArrayList<>();
    backlog.onWritable(() -> heard.add("writable"));
    backlog.add(StdStream.STDOUT, Unpooled.buffer(Backlog.HIGH).writeZero(Backlog.HIGH));
    assertThat(backlog.isWritable()).isFalse();

    tight = true;
    assertThatThrownBy(backlog::remove).isInstanceOf(OutOfMemoryError.class);
    assertThat(backlog.peek()).isNull();
    tight = false;
    backlog.wakeReader();
    told.forEach(Runnable::run);
    assertThat(backlog.isWritable()).isTrue();
    assertThat(heard).containsExactly("writable");
  }

  private void tell(Runnable task) {
    if (tight) {
      throw new OutOfMemoryError("this test's own");
    }
    told.add(task);
  }
}
