package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Several destinations of one container's output as one: each gets every byte, and the slowest sets
 * the pace. With none, output is dropped on purpose, which counts as neither written nor lost.
 */
public final class FanOutLog implements LogDriver {
  private final List<LogDriver> drivers;

  /** How many have got a stream's chunk already, for which the next one had no memory. */
  private final Map<StdStream, Integer> given = new EnumMap<>(StdStream.class);

  /**
   * Makes one of several.
   *
   * @param drivers the destinations, now this object's: they are closed with it
   */
  public FanOutLog(List<LogDriver> drivers) {
    this.drivers = List.copyOf(drivers);
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    if (drivers.size() == 1) {
      drivers.getFirst().write(stream, chunk);
      return;
    }
    for (int i = given.getOrDefault(stream, 0); i < drivers.size(); i++) {
      given.put(stream, i);
      writeTo(drivers.get(i), stream, chunk);
    }
    given.put(stream, 0);
    chunk.release();
  }

  private static void writeTo(LogDriver driver, StdStream stream, ByteBuf chunk) {
    ByteBuf share = chunk.retainedDuplicate();
    try {
      driver.write(stream, share);
    } catch (OutOfMemoryError tight) {
      share.release();
      throw tight;
    }
  }

  @Override
  public void lose(long bytes) {
    for (LogDriver driver : drivers) {
      driver.lose(bytes);
    }
  }

  @Override
  public boolean isWritable() {
    for (LogDriver driver : drivers) {
      if (!driver.isWritable()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void ending() {
    for (LogDriver driver : drivers) {
      driver.ending();
    }
  }

  @Override
  public void onWritable(Runnable listener) {
    for (LogDriver driver : drivers) {
      driver.onWritable(
          () -> {
            if (isWritable()) {
              listener.run();
            }
          });
    }
  }

  @Override
  public CompletableFuture<Void> reopen() {
    return all(LogDriver::reopen);
  }

  @Override
  public CompletableFuture<Void> flush() {
    return all(LogDriver::flush);
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    return all(driver -> driver.close(patience));
  }

  private CompletableFuture<Void> all(Function<LogDriver, CompletableFuture<Void>> action) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[drivers.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = action.apply(drivers.get(i));
    }
    return CompletableFuture.allOf(all);
  }

  /** With the first: there is one of this, however many they are. */
  @Override
  public void keepDropped(LogStatistics dropped, byte[] rate) {
    if (!drivers.isEmpty()) {
      drivers.getFirst().keepDropped(dropped, rate);
    }
  }

  @Override
  public List<byte[]> positions() {
    List<byte[]> all = new ArrayList<>(drivers.size());
    for (LogDriver driver : drivers) {
      all.addAll(driver.positions());
    }
    return all;
  }

  @Override
  public LogStatistics statistics() {
    LogStatistics sum = LogStatistics.ZERO;
    for (LogDriver driver : drivers) {
      sum = sum.plus(driver.statistics());
    }
    return sum;
  }
}
