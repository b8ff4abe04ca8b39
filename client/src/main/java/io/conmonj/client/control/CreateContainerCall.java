package io.conmonj.client.control;

import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.LogConfig;
import io.conmonj.schema.Conmon;
import java.util.List;
import org.capnproto.StructList;

/** Creates a container. */
public final class CreateContainerCall {
  private CreateContainerCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.CreateContainerRequest.Builder, Conmon.CreateContainerResponse.Reader, Long>
      of(CreateContainerRequest container) {
    return new ControlCall<>(
        "create container " + container.id(),
        Conmon.INTERFACE_ID,
        Conmon.CREATE_CONTAINER,
        Conmon.CreateContainerRequest.factory,
        request -> fill(request, container),
        Conmon.CreateContainerResponse.factory,
        response -> Integer.toUnsignedLong(response.getContainerPid()));
  }

  private static void fill(
      Conmon.CreateContainerRequest.Builder request, CreateContainerRequest container) {
    request.setId(container.id());
    request.setBundlePath(container.bundle().toString());
    request.setTerminal(container.terminal());
    request.setStdin(container.stdin());
    request.setCgroupManager(Messages.cgroupManager(container.cgroupManager()));
    Messages.paths(container.exitPaths(), request::initExitPaths);
    Messages.paths(container.oomExitPaths(), request::initOomExitPaths);
    Messages.texts(container.cleanupCommand(), request::initCleanupCmd);
    Messages.texts(container.globalArgs(), request::initGlobalArgs);
    Messages.texts(container.commandArgs(), request::initCommandArgs);
    Messages.map(container.environment(), request::initEnvVars);
    Messages.map(container.metadata(), request::initMetadata);
    Messages.numbers(container.additionalFds(), request::initAdditionalFds);
    Messages.numbers(container.leakFds(), request::initLeakFds);
    fillLogDrivers(request, container.logDrivers());
  }

  private static void fillLogDrivers(
      Conmon.CreateContainerRequest.Builder request, List<LogConfig> drivers) {
    StructList.Builder<Conmon.LogDriver.Builder> list = request.initLogDrivers(drivers.size());
    for (int i = 0; i < drivers.size(); i++) {
      Conmon.LogDriver.Builder item = list.get(i);
      switch (drivers.get(i)) {
        case LogConfig.Cri cri -> {
          item.setType(Conmon.LogDriver.Type.CONTAINER_RUNTIME_INTERFACE);
          item.setPath(cri.path().toString());
          item.setMaxSize(cri.maxSize());
        }
        case LogConfig.Json json -> {
          item.setType(Conmon.LogDriver.Type.JSON);
          item.setPath(json.path().toString());
          item.setMaxSize(json.maxSize());
        }
        case LogConfig.Journald() -> item.setType(Conmon.LogDriver.Type.JOURNALD);
      }
    }
  }
}
