package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.OutputHub;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.StdStream;
import io.conmonj.monitor.stdio.StreamEnd;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a container's output goes: into its log, and then to whoever follows it. The log holds the
 * container back when it falls behind, or when there is no memory; followers never do, and whatever
 * goes wrong with them is nothing to the log or the container. Loop thread only.
 */
final class ContainerOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerOutput.class);

  private final EventLoop loop;
  private final String id;
  private final LogDriver log;
  private final OutputHub hub;
  private List<PipeReader> readers = List.of();
  private boolean held;

  ContainerOutput(EventLoop loop, String id, LogDriver log, OutputHub hub) {
    this.loop = loop;
    this.id = id;
    this.log = log;
    this.hub = hub;
  }

  /**
   * Begins to take it.
   *
   * @param spans of the container; empty where nothing is traced
   */
  void start(ProcessStreams streams, Optional<ContainerSpans> spans) {
    readers = streams.readers();
    if (readers.isEmpty()) {
      return;
    }
    log.onWritable(this::resume);
    BytesListener stdout = new Source(StdStream.STDOUT, readers.getFirst());
    BytesListener stderr = new Source(StdStream.STDERR, readers.getLast());
    if (spans.isEmpty()) {
      streams.start(stdout, stderr);
    } else if (readers.size() == 1) {
      streams.start(spans.get().around("read_loop", stdout), stderr);
    } else {
      streams.start(spans.get().around("stdout", stdout), spans.get().around("stderr", stderr));
    }
    // There may be no room yet: a log that is opened again is not open at once.
    pause();
  }

  private void resume() {
    for (int i = 0; i < readers.size(); i++) {
      if (!held && log.takes(stream(i))) {
        readers.get(i).resume();
      }
    }
  }

  private void pause() {
    for (int i = 0; i < readers.size(); i++) {
      if (held || !log.takes(stream(i))) {
        readers.get(i).pause();
      }
    }
  }

  /** Takes nothing until {@link #release}: who writes waits. */
  void hold() {
    held = true;
    pause();
  }

  /** Takes what comes again. */
  void release() {
    held = false;
    resume();
  }

  private static StdStream stream(int reader) {
    return reader == 0 ? StdStream.STDOUT : StdStream.STDERR;
  }

  /** The container has ended: what comes now is what it left. */
  void ending() {
    log.ending();
  }

  /** Who follows it. */
  OutputHub hub() {
    return hub;
  }

  /** What its log has done so far. */
  LogStatistics logged() {
    return log.statistics();
  }

  /** Where each of its destinations stands, and what its rate knows. */
  LogDriver log() {
    return log;
  }

  /** Completes when the log has been opened anew. */
  CompletableFuture<Void> reopenLog() {
    return log.reopen();
  }

  /** Completes when what was read so far is with the kernel. */
  CompletableFuture<Void> flushLog() {
    return log.flush();
  }

  /** Completes when the log is written and closed, or was given up; a failure is logged. */
  CompletableFuture<Void> closeLog(Duration patience) {
    return log.close(patience)
        .exceptionally(
            failure -> {
              notClosed(failure instanceof CompletionException ? failure.getCause() : failure);
              return null;
            });
  }

  private void notClosed(Throwable failure) {
    if (failure instanceof IOException) {
      // It says how much was lost and why; where in this program it was given up says no more.
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .log("log of container {}: {}", id, failure.getMessage());
    } else {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .setCause(failure)
          .log("close log of container {}", id);
    }
  }

  private final class Source implements BytesListener {
    private final StdStream stream;
    private final PipeReader reader;

    Source(StdStream stream, PipeReader reader) {
      this.stream = stream;
      this.reader = reader;
    }

    @Override
    public void onBytes(ByteBuf bytes) {
      int length = bytes.readableBytes();
      ByteBuf share = share(bytes);
      try {
        log.write(stream, bytes);
      } catch (OutOfMemoryError tight) {
        release(share);
        reader.takeBack(bytes);
        return;
      } catch (RuntimeException broken) {
        // What an error costs, it costs in the log: the container's pipe must not be closed for it.
        LOG.atError()
            .addKeyValue(LogField.CONTAINER, id)
            .setCause(broken)
            .log("write log of container {}", id);
      }
      try {
        passOn(share, length);
      } catch (RuntimeException | Error broken) {
        // The log has the bytes: nothing else may cost the container its pipe.
        loop.contain("output was not passed on in order", broken);
      }
    }

    private void passOn(ByteBuf share, int length) {
      if (share == null) {
        hub.skip(length);
      } else {
        hub.publish(stream, share);
        share.release();
      }
      pause();
    }

    /** What the followers get; got before the log has the bytes. Null when there is no memory. */
    private static ByteBuf share(ByteBuf bytes) {
      try {
        return bytes.retainedDuplicate();
      } catch (OutOfMemoryError tight) {
        return null;
      }
    }

    private static void release(ByteBuf share) {
      if (share != null) {
        share.release();
      }
    }

    @Override
    public void onEnd(StreamEnd end) {
      long lost = reader.bytesLost();
      if (lost > 0) {
        log.lose(lost);
      }
      // A switch over types would have a class made for it, at the first exit of each monitor.
      if (end instanceof StreamEnd.Failed failed) {
        failed(failed.cause().getMessage(), lost);
      } else if (end instanceof StreamEnd.Abandoned abandoned) {
        abandoned(abandoned.quiet(), lost);
      } else {
        LOG.debug("{} of container {} ended", stream, id);
      }
    }

    private void failed(String reason, long lost) {
      if (lost == 0 && !log.takes(stream)) {
        // It was held back, and nothing was written meanwhile.
        LOG.debug("{} of container {} ended with nothing in it", stream, id);
      } else {
        LOG.atError()
            .addKeyValue(LogField.CONTAINER, id)
            .log("{} of container {}: {} bytes lost: {}", stream, id, lost, reason);
      }
    }

    private void abandoned(boolean quiet, long lost) {
      if (quiet && lost == 0) {
        LOG.atInfo()
            .addKeyValue(LogField.CONTAINER, id)
            .log(
                "{} of container {} is held by a process that outlived it: not logged any more",
                stream,
                id);
      } else {
        LOG.atWarn()
            .addKeyValue(LogField.CONTAINER, id)
            .log(
                "{} of container {} is still written by a process that outlived it: the rest is lost,"
                    + " {} bytes so far",
                stream,
                id,
                lost);
      }
    }
  }
}
