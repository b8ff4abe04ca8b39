package io.conmonj.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose spans they are, in the words of OpenTelemetry's semantic conventions. */
final class MonitorResource {
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<Long> PROCESS = AttributeKey.longKey("process.pid");
  private static final AttributeKey<String> HOST = AttributeKey.stringKey("host.name");

  /** The host's name as the kernel has it: nobody else is asked. */
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private MonitorResource() {}

  /** That of a program with this pid, which need not be that of this process. */
  static Resource of(String service, long process) {
    return Resource.getDefault()
        .merge(
            Resource.create(Attributes.of(SERVICE, service, PROCESS, process, HOST, hostName())));
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
