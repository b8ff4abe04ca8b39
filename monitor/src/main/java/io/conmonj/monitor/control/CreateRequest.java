package io.conmonj.monitor.control;

import io.conmonj.monitor.container.CreateContainer;
import io.conmonj.monitor.container.LogOpener;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.monitor.fdsocket.TakenFds;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.PrimitiveList;
import org.capnproto.StructList;

/** Reads a {@code createContainer} request, in either layout. */
final class CreateRequest {
  private final ContainerLogs logs;
  private final FdSocket fdSocket;

  CreateRequest(ContainerLogs logs, FdSocket fdSocket) {
    this.logs = logs;
    this.fdSocket = fdSocket;
  }

  /** Both layouts differ only in where their last fields lie. */
  private record LateFields(
      StructList.Reader<Conmon.TextTextMapEntry.Reader> environment,
      PrimitiveList.Long.Reader additionalFds,
      PrimitiveList.Long.Reader leakFds) {}

  /**
   * Reads it all, and takes the descriptors that it names last, when nothing else can be wrong.
   *
   * @throws BadRequestException when it makes no sense
   * @throws IOException when a descriptor that it names is not there
   */
  CreateContainer read(IncomingCall call) throws BadRequestException, IOException {
    var request = call.request(Conmon.CreateContainerRequest.factory);
    LateFields late = lateFields(call, request);
    CreateArguments arguments =
        new CreateArguments(
            RequestFields.id(request.getId()),
            RequestFields.absolutePath("bundle path", request.getBundlePath()),
            request.getCgroupManager() == Conmon.CgroupManager.SYSTEMD,
            RequestFields.texts(request.getGlobalArgs()),
            RequestFields.texts(request.getCommandArgs()));
    List<String> environment = RequestFields.environment(late.environment);
    List<LogOpener> openers = logs(request);
    List<String> exitPaths = RequestFields.absolutePaths("exit path", request.getExitPaths());
    List<String> oomExitPaths =
        RequestFields.absolutePaths("OOM exit path", request.getOomExitPaths());
    List<String> cleanup = RequestFields.texts(request.getCleanupCmd());
    TakenFds taken = fdSocket.take(slots(late.additionalFds), slots(late.leakFds));
    return new CreateContainer(
        arguments,
        request.getTerminal(),
        request.getStdin(),
        environment,
        openers,
        exitPaths,
        oomExitPaths,
        cleanup,
        taken.additional(),
        taken.leaked());
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
              request.getId().toString(),
              request.getBundlePath().toString(),
              ContainerLogs.spec(drivers.get(i))));
    }
    return openers;
  }

  private static List<Long> slots(PrimitiveList.Long.Reader field) {
    List<Long> slots = new ArrayList<>(field.size());
    for (int i = 0; i < field.size(); i++) {
      slots.add(field.get(i));
    }
    return slots;
  }
}
