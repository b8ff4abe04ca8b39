package io.conmonj.monitor.control;

import io.conmonj.monitor.container.LogOpener;
import io.conmonj.monitor.container.LogSource;
import io.conmonj.monitor.log.CriLog;
import io.conmonj.monitor.log.JournalLogs;
import io.conmonj.monitor.log.JsonLog;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogOwner;
import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.log.LogSpec;
import io.conmonj.monitor.log.LogWriter;
import io.conmonj.monitor.log.Rotation;
import io.conmonj.monitor.oci.BundleName;
import io.conmonj.schema.Conmon;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where containers may have their output logged. */
public final class ContainerLogs implements LogSource {
  private static final int OLD_FILES_KEPT = 1;
  private static final String NO_PATH = "";
  private static final long NO_LIMIT = 0;

  private final LogWriter files;
  private final JournalLogs journal;

  /**
   * @param files writes those that are files
   * @param journal opens those in systemd's journal
   */
  public ContainerLogs(LogWriter files, JournalLogs journal) {
    this.files = files;
    this.journal = journal;
  }

  /** What a log is that a request asks for. */
  static LogSpec spec(Conmon.LogDriver.Reader driver) throws BadRequestException {
    return switch (driver.getType()) {
      case CONTAINER_RUNTIME_INTERFACE ->
          new LogSpec(LogSpec.Kind.CRI, path(driver), maxSize(driver));
      case JSON -> new LogSpec(LogSpec.Kind.JSON, path(driver), maxSize(driver));
      case JOURNALD -> new LogSpec(LogSpec.Kind.JOURNALD, NO_PATH, NO_LIMIT);
      default -> throw new BadRequestException("log driver of an unknown type");
    };
  }

  private static String path(Conmon.LogDriver.Reader driver) throws BadRequestException {
    return RequestFields.absolutePath("log path", driver.getPath());
  }

  private static long maxSize(Conmon.LogDriver.Reader driver) throws BadRequestException {
    long maxSize = driver.getMaxSize();
    if (maxSize < 0) {
      throw new BadRequestException(
          "log size limit " + Long.toUnsignedString(maxSize) + " is too large");
    }
    return maxSize;
  }

  @Override
  public LogOpener opener(String id, String bundle, LogSpec spec) {
    return new Opener(id, bundle, spec);
  }

  private final class Opener implements LogOpener {
    private final String id;
    private final String bundle;
    private final LogSpec spec;

    Opener(String id, String bundle, LogSpec spec) {
      this.id = id;
      this.bundle = bundle;
      this.spec = spec;
    }

    @Override
    public CompletableFuture<LogDriver> open() {
      return open(LogMemory.NONE);
    }

    @Override
    public CompletableFuture<LogDriver> open(LogMemory memory) {
      return open(Optional.empty(), memory);
    }

    @Override
    public CompletableFuture<LogDriver> resume(LogPosition position, LogMemory memory) {
      return open(Optional.of(position), memory);
    }

    private CompletableFuture<LogDriver> open(Optional<LogPosition> before, LogMemory memory) {
      LogOwner owner = new LogOwner(id);
      Rotation rotation = new Rotation(spec.maxSize(), OLD_FILES_KEPT);
      Path path = Path.of(spec.path());
      return switch (spec.kind()) {
        case CRI -> CriLog.open(files, owner, path, rotation, before, memory);
        case JSON -> JsonLog.open(files, owner, path, rotation, before, memory);
        case JOURNALD -> journal.open(owner, id, () -> BundleName.of(bundle), before, memory);
      };
    }

    @Override
    public Optional<LogSpec> spec() {
      return Optional.of(spec);
    }
  }
}
