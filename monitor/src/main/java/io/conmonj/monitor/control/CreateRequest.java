package io.conmonj.monitor.control;

import io.conmonj.monitor.container.CreateContainer;
import io.conmonj.monitor.container.LogOpener;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.PrimitiveList;
import org.capnproto.StructList;

/** Reads a {@code createContainer} request, in either layout. */
final class CreateRequest {
  private final ContainerLogs logs;

  CreateRequest(ContainerLogs logs) {
    this.logs = logs;
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
        logs(request),
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

  private List<LogOpener> logs(Conmon.CreateContainerRequest.Reader request)
      throws BadRequestException {
    StructList.Reader<Conmon.LogDriver.Reader> drivers = request.getLogDrivers();
    List<LogOpener> openers = new ArrayList<>(drivers.size());
    for (int i = 0; i < drivers.size(); i++) {
      openers.add(
          logs.opener(
              request.getId().toString(), request.getBundlePath().toString(), drivers.get(i)));
    }
    return openers;
  }

  /** Slots are filled through the descriptor socket, which is not served yet: none is taken. */
  private static void noSlots(PrimitiveList.Long.Reader slots) throws BadRequestException {
    if (slots.size() > 0) {
      throw new BadRequestException(
          "no file descriptor in slot " + Long.toUnsignedString(slots.get(0)));
    }
  }
}
