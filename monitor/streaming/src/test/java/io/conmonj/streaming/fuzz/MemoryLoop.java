package io.conmonj.streaming.fuzz;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** An event loop without sockets, whose time passes as it is told. */
public final class MemoryLoop extends ManualIoEventLoop {
  private final MockTicker time;

  public MemoryLoop() {
    this(Ticker.newMockTicker());
  }

  private MemoryLoop(MockTicker time) {
    super(null, Thread.currentThread(), executor -> new NoSockets(), time);
    this.time = time;
  }

  /** Lets time pass, with all that is due meanwhile, second by second. */
  public void pass(long seconds) {
    for (long i = 0; i < seconds; i++) {
      time.advance(1, TimeUnit.SECONDS);
      runNow();
    }
  }

  public boolean hasTimers() {
    return hasScheduledTasks();
  }

  private static final class NoSockets implements IoHandler {
    @Override
    public int run(IoHandlerContext context) {
      return 0;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException("there are no sockets");
    }

    @Override
    public void wakeup() {
      // It never sleeps.
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return false;
    }
  }
}
