package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.OutputHub;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.StdStream;
import io.conmonj.monitor.stdio.StreamEnd;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a container's output goes: into its log, and to whoever follows it. The log holds the
 * container back when it falls behind, followers never do. Loop thread only.
 */
final class ContainerOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerOutput.class);

  private final String id;
  private final LogDriver log;
  private final OutputHub hub;
  private List<PipeReader> readers = List.of();

  ContainerOutput(String id, LogDriver log, OutputHub hub) {
    this.id = id;
    this.log = log;
    this.hub = hub;
  }

  void start(ProcessStreams streams) {
    readers = streams.readers();
    log.onWritable(() -> readers.forEach(PipeReader::resume));
    streams.start(new Source(StdStream.STDOUT), new Source(StdStream.STDERR));
  }

  /** Who follows it. */
  OutputHub hub() {
    return hub;
  }

  /** Completes when the log has been opened anew. */
  CompletableFuture<Void> reopenLog() {
    return log.reopen();
  }

  /** Completes when the log is written and closed, or was given up; a failure is logged. */
  CompletableFuture<Void> closeLog(Duration patience) {
    return log.close(patience)
        .exceptionally(
            failure -> {
              LOG.error("close log of container {}", id, failure);
              return null;
            });
  }

  private final class Source implements BytesListener {
    private final StdStream stream;

    Source(StdStream stream) {
      this.stream = stream;
    }

    @Override
    public void onBytes(ByteBuf bytes) {
      hub.publish(stream, bytes);
      log.write(stream, bytes);
      if (!log.isWritable()) {
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
