package io.conmonj.monitor.control;

import io.conmonj.monitor.container.CreateContainer;
import io.conmonj.monitor.container.LogOpener;
import io.conmonj.monitor.log.CriLog;
import io.conmonj.monitor.log.JsonLog;
import io.conmonj.monitor.log.LogWriter;
import io.conmonj.monitor.log.Rotation;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.PrimitiveList;
import org.capnproto.StructList;

/** Reads a {@code createContainer} request, in either layout. */
final class CreateRequest {
  private static final int OLD_FILES_KEPT = 1;

  private final LogWriter logWriter;

  CreateRequest(LogWriter logWriter) {
    this.logWriter = logWriter;
  }

  /** Both layouts differ only in where their last fields lie. */
  private record LateFields(
      StructList.Reader<Conmon.TextTextMapEntry.Reader> environment,
      PrimitiveList.Long.Reader additionalFds,
      PrimitiveList.Long.Reader leakFds) {}

  CreateContainer read(IncomingCall call) throws BadRequestException {
    var request = call.request(Conmon.CreateContainerRequest.factory);
    LateFields late = lateFields(call, request);
    noSlots(late.additionalFds);
    noSlots(late.leakFds);
    return new CreateContainer(
        new CreateArguments(
            RequestFields.id(request.getId()),
            RequestFields.absolutePath("bundle path", request.getBundlePath()),
            request.getCgroupManager() == Conmon.CgroupManager.SYSTEMD,
            RequestFields.texts(request.getGlobalArgs()),
            RequestFields.texts(request.getCommandArgs())),
        request.getTerminal(),
        request.getStdin(),
        RequestFields.environment(late.environment),
        logs("container " + request.getId(), request.getLogDrivers()),
        RequestFields.absolutePaths("exit path", request.getExitPaths()),
        RequestFields.absolutePaths("OOM exit path", request.getOomExitPaths()),
        RequestFields.texts(request.getCleanupCmd()),
        List.of(),
        List.of());
  }

  private static LateFields lateFields(
      IncomingCall call, Conmon.CreateContainerRequest.Reader request) {
    if (Generation.of(call, Generation.CREATE_CONTAINER) == Generation.OLD) {
      var old = call.request(ConmonOld.CreateContainerRequest.factory);
      return new LateFields(old.getEnvVars(), old.getAdditionalFds(), old.getLeakFds());
    }
    return new LateFields(request.getEnvVars(), request.getAdditionalFds(), request.getLeakFds());
  }

  private List<LogOpener> logs(String owner, StructList.Reader<Conmon.LogDriver.Reader> drivers)
      throws BadRequestException {
    List<LogOpener> logs = new ArrayList<>(drivers.size());
    for (int i = 0; i < drivers.size(); i++) {
      logs.add(log(owner, drivers.get(i)));
    }
    return logs;
  }

  private LogOpener log(String owner, Conmon.LogDriver.Reader driver) throws BadRequestException {
    return switch (driver.getType()) {
      case CONTAINER_RUNTIME_INTERFACE -> {
        Path path = Path.of(RequestFields.absolutePath("log path", driver.getPath()));
        Rotation rotation = rotation(driver.getMaxSize());
        yield () -> CriLog.open(logWriter, owner, path, rotation);
      }
      case JSON -> {
        Path path = Path.of(RequestFields.absolutePath("log path", driver.getPath()));
        Rotation rotation = rotation(driver.getMaxSize());
        yield () -> JsonLog.open(logWriter, owner, path, rotation);
      }
      case JOURNALD -> throw new BadRequestException("log driver journald is not supported yet");
      default -> throw new BadRequestException("log driver of an unknown type");
    };
  }

  private static Rotation rotation(long maxSize) throws BadRequestException {
    if (maxSize < 0) {
      throw new BadRequestException(
          "log size limit " + Long.toUnsignedString(maxSize) + " is too large");
    }
    return new Rotation(maxSize, OLD_FILES_KEPT);
  }

  /** Slots are filled through the descriptor socket, which is not served yet: none is taken. */
  private static void noSlots(PrimitiveList.Long.Reader slots) throws BadRequestException {
    if (slots.size() > 0) {
      throw new BadRequestException(
          "no file descriptor in slot " + Long.toUnsignedString(slots.get(0)));
    }
  }
}
