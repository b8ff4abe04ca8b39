package io.conmonj.client.control;

import io.conmonj.client.model.VersionInfo;
import io.conmonj.schema.Conmon;

/** Asks what the monitor is. */
public final class VersionCall {
  private VersionCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.VersionRequest.Builder, Conmon.VersionResponse.Reader, VersionInfo>
      of(boolean verbose) {
    return new ControlCall<>(
        "ask for version",
        Conmon.INTERFACE_ID,
        Conmon.VERSION,
        Conmon.VersionRequest.factory,
        request -> request.setVerbose(verbose),
        Conmon.VersionResponse.factory,
        VersionCall::decode);
  }

  private static VersionInfo decode(Conmon.VersionResponse.Reader response) {
    return new VersionInfo(
        Integer.toUnsignedLong(response.getProcessId()),
        response.getVersion().toString(),
        response.getTag().toString(),
        response.getCommit().toString(),
        response.getBuildDate().toString(),
        response.getTarget().toString(),
        response.getRustVersion().toString(),
        response.getCargoVersion().toString(),
        response.getCargoTree().toString());
  }
}
