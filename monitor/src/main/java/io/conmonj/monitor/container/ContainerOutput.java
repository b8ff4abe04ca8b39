package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogStream;
import io.conmonj.monitor.stdio.OutputHub;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.StdStream;
import io.conmonj.monitor.stdio.StreamEnd;
import io.conmonj.monitor.stdio.StreamListener;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a container's output goes: into every log, and to whoever follows it. The logs hold the
 * container back when they fall behind, followers never do. Loop thread only.
 */
final class ContainerOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerOutput.class);

  private final String id;
  private final List<LogDriver> logs;
  private final OutputHub hub;
  private List<PipeReader> readers = List.of();

  ContainerOutput(String id, List<LogDriver> logs, OutputHub hub) {
    this.id = id;
    this.logs = List.copyOf(logs);
    this.hub = hub;
  }

  void start(ProcessStreams streams) {
    readers = streams.readers();
    for (LogDriver log : logs) {
      log.onWritable(this::resumeIfWritable);
    }
    streams.start(
        new Source(StdStream.STDOUT, LogStream.STDOUT),
        new Source(StdStream.STDERR, LogStream.STDERR));
  }

  /** Who follows it. */
  OutputHub hub() {
    return hub;
  }

  /** Completes when all logs have been opened anew; fails with the first failure, all are tried. */
  CompletableFuture<Void> reopenLogs() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (LogDriver log : logs) {
      all.add(log.reopen());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  /** Completes when all logs are written and closed, or were given up; a failure is logged. */
  CompletableFuture<Void> closeLogs(Duration patience) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (LogDriver log : logs) {
      all.add(
          log.close(patience)
              .exceptionally(
                  failure -> {
                    LOG.error("close log of container {}", id, failure);
                    return null;
                  }));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private boolean writable() {
    for (LogDriver log : logs) {
      if (!log.isWritable()) {
        return false;
      }
    }
    return true;
  }

  private void resumeIfWritable() {
    if (writable()) {
      readers.forEach(PipeReader::resume);
    }
  }

  private final class Source implements StreamListener {
    private final StdStream stream;
    private final LogStream logStream;

    Source(StdStream stream, LogStream logStream) {
      this.stream = stream;
      this.logStream = logStream;
    }

    @Override
    public void onBytes(ByteBuf bytes) {
      hub.publish(stream, bytes);
      for (LogDriver log : logs) {
        log.write(logStream, bytes.retainedDuplicate());
      }
      bytes.release();
      if (!writable()) {
        readers.forEach(PipeReader::pause);
      }
    }

    @Override
    public void onEnd(StreamEnd end) {
      switch (end) {
        case StreamEnd.Eof eof -> LOG.debug("{} of container {} ended", stream, id);
        case StreamEnd.Abandoned abandoned ->
            LOG.info("{} of container {} is held by a process that outlived it", stream, id);
        case StreamEnd.Failed failed ->
            LOG.error("{} of container {} is lost", stream, id, failed.cause());
      }
    }
  }
}
