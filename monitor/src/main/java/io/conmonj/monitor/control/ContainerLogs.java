package io.conmonj.monitor.control;

import io.conmonj.monitor.container.LogOpener;
import io.conmonj.monitor.log.CriLog;
import io.conmonj.monitor.log.JournalLogs;
import io.conmonj.monitor.log.JsonLog;
import io.conmonj.monitor.log.LogOwner;
import io.conmonj.monitor.log.LogWriter;
import io.conmonj.monitor.log.Rotation;
import io.conmonj.monitor.oci.BundleName;
import io.conmonj.schema.Conmon;
import java.nio.file.Path;

/** Where containers may have their output logged. */
public final class ContainerLogs {
  private static final int OLD_FILES_KEPT = 1;

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

  /**
   * What opens the log that a request asks for; what it says is taken over now.
   *
   * @param id of the container
   * @param bundle the directory of its bundle
   */
  LogOpener opener(String id, String bundle, Conmon.LogDriver.Reader driver)
      throws BadRequestException {
    LogOwner owner = new LogOwner(id);
    return switch (driver.getType()) {
      case CONTAINER_RUNTIME_INTERFACE -> {
        Path path = path(driver);
        Rotation rotation = rotation(driver.getMaxSize());
        yield () -> CriLog.open(files, owner, path, rotation);
      }
      case JSON -> {
        Path path = path(driver);
        Rotation rotation = rotation(driver.getMaxSize());
        yield () -> JsonLog.open(files, owner, path, rotation);
      }
      case JOURNALD -> () -> journal.open(owner, id, () -> BundleName.of(bundle));
      default -> throw new BadRequestException("log driver of an unknown type");
    };
  }

  private static Path path(Conmon.LogDriver.Reader driver) throws BadRequestException {
    return Path.of(RequestFields.absolutePath("log path", driver.getPath()));
  }

  private static Rotation rotation(long maxSize) throws BadRequestException {
    if (maxSize < 0) {
      throw new BadRequestException(
          "log size limit " + Long.toUnsignedString(maxSize) + " is too large");
    }
    return new Rotation(maxSize, OLD_FILES_KEPT);
  }
}
