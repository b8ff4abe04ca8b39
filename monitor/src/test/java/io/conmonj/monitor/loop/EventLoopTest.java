package io.conmonj.monitor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Pipe;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private LoopThread thread;
  private EventLoop loop;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    loop = thread.loop();
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
  }

  @Test
  void tasksRunOnTheLoopThreadInOrder() throws Exception {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      loop.execute(
          () -> {
            assertThat(loop.netty().inEventLoop()).isTrue();
            order.add(number);
          });
    }
    assertThat(thread.call(() -> List.copyOf(order))).hasSize(100).isSorted();
    assertThat(loop.netty().inEventLoop()).isFalse();
  }

  @Test
  void aTaskThatThrowsEndsAlone() throws Exception {
    loop.execute(
        () -> {
          throw new IllegalStateException("this test's own");
        });
    loop.schedule(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("this test's own");
        });
    assertThat(thread.call(() -> "alive")).isEqualTo("alive");
  }

  @Test
  void aTaskAfterSomeTurnsRunsOnceAndNotBefore() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    thread.run(() -> loop.afterTurns(4, runs::incrementAndGet));
    // Each of these is a turn; the one before may have counted as the first.
    int first = thread.call(runs::get);
    int second = thread.call(runs::get);
    for (int i = 0; i < 10; i++) {
      thread.run(() -> {});
    }
    assertThat(List.of(first, second, thread.call(runs::get))).containsExactly(0, 0, 1);
  }

  @Test
  void aTaskAfterSomeTurnsThatThrowsEndsAlone() throws Exception {
    thread.run(
        () ->
            loop.afterTurns(
                1,
                () -> {
                  throw new IllegalStateException("this test's own");
                }));
    assertThat(thread.call(() -> "alive")).isEqualTo("alive");
  }

  @Test
  void anErrorInATaskOrATimerEndsItAlone() throws Exception {
    for (Error error : List.of(new OutOfMemoryError("this test's own"), new StackOverflowError())) {
      loop.execute(
          () -> {
            throw error;
          });
      loop.schedule(
          Duration.ZERO,
          () -> {
            throw error;
          });
      assertThat(thread.call(() -> "alive")).isEqualTo("alive");
    }
  }

  @Test
  void aTimerRunsOnceItsTimeHasCome() throws Exception {
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    loop.schedule(Duration.ofMillis(5), () -> ran.complete(loop.netty().inEventLoop()));
    assertThat(LoopThread.await(ran)).isTrue();
  }

  @Test
  void aCancelledTimerDoesNotRun() throws Exception {
    List<String> ran = new ArrayList<>();
    thread.run(() -> loop.schedule(Duration.ofMillis(1), () -> ran.add("cancelled")).cancel());
    CompletableFuture<Void> later = new CompletableFuture<>();
    loop.schedule(Duration.ofMillis(20), () -> later.complete(null));
    LoopThread.await(later);
    assertThat(thread.call(() -> List.copyOf(ran))).isEmpty();
  }

  @Test
  void offloadedWorkRunsOnANamedThreadAndItsResultComesBack() throws Exception {
    CompletableFuture<String> name =
        loop.offload("slow-disk", () -> Thread.currentThread().getName());
    assertThat(LoopThread.await(name)).isEqualTo("slow-disk");
  }

  @Test
  void offloadedWorkCompletesOnTheLoopThread() throws Exception {
    CompletableFuture<Boolean> onLoop =
        thread.call(
            () -> loop.offload("work", () -> 1).thenApply(one -> loop.netty().inEventLoop()));
    assertThat(LoopThread.await(onLoop)).isTrue();
  }

  @Test
  void aFailureOfOffloadedWorkComesBackAsItIs() {
    CompletableFuture<Object> failed =
        loop.offload(
            "work",
            () -> {
              throw new IOException("open /x: permission denied");
            });
    assertThatThrownBy(() -> LoopThread.await(failed))
        .isInstanceOf(IOException.class)
        .hasMessage("open /x: permission denied");
  }

  @Test
  void workWaitsWhileThereIsNoThreadForIt() throws Exception {
    AtomicInteger refusals = new AtomicInteger(3);
    try (LoopThread poor =
        LoopThread.start(
            () ->
                new EventLoop(
                    (name, body) -> {
                      if (refusals.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("this test's own: no thread");
                      }
                      Thread.ofPlatform().name(name).start(body);
                    }))) {
      CompletableFuture<String> done = poor.call(() -> poor.loop().offload("work", () -> "done"));
      assertThat(LoopThread.await(done)).isEqualTo("done");
      assertThat(refusals).hasValue(-1);
    }
  }

  @Test
  void anErrorThatAChannelThrowsCostsNeitherTheLoopNorAnyOtherItsTurn() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      FileDescriptor watched = new FileDescriptor(pipe.writeEnd().number());
      CompletableFuture<Void> thrown = new CompletableFuture<>();
      EpollIoHandle broken =
          new EpollIoHandle() {
            @Override
            public FileDescriptor fd() {
              return watched;
            }

            @Override
            public void handle(IoRegistration registration, IoEvent event) {
              registration.cancel();
              thrown.complete(null);
              throw new StackOverflowError("this test's own");
            }

            @Override
            public void close() {}
          };
      thread.run(() -> loop.netty().register(broken).getNow().submit(EpollIoOps.EPOLLOUT));
      LoopThread.await(thrown);
      assertThat(thread.call(() -> "alive")).isEqualTo("alive");
    }
  }

  @Test
  void aTaskThatPostsItselfForEverDoesNotKeepDescriptorsAndTimersWaiting() throws Exception {
    boolean[] enough = new boolean[1];
    Runnable selfish =
        new Runnable() {
          @Override
          public void run() {
            if (!enough[0]) {
              loop.execute(this);
            }
          }
        };
    loop.execute(selfish);
    CompletableFuture<Void> timer = new CompletableFuture<>();
    loop.schedule(
        Duration.ofMillis(1),
        () -> {
          enough[0] = true;
          timer.complete(null);
        });
    LoopThread.await(timer);
  }
}
