package io.conmonj.monitor.control;

import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;

/** What the schemas call a method, for the log and the metrics. */
final class MethodName {
  private static final String UNKNOWN = "unknown";

  private MethodName() {}

  static String of(IncomingCall call) {
    if (call.interfaceId() == Conmon.INTERFACE_ID) {
      return compatible(call.methodId());
    }
    return call.interfaceId() == Conmonj.INTERFACE_ID ? own(call.methodId()) : UNKNOWN;
  }

  private static String compatible(int method) {
    return switch (method) {
      case Conmon.VERSION -> "version";
      case Conmon.CREATE_CONTAINER -> "createContainer";
      case Conmon.EXEC_SYNC_CONTAINER -> "execSyncContainer";
      case Conmon.ATTACH_CONTAINER -> "attachContainer";
      case Conmon.REOPEN_LOG_CONTAINER -> "reopenLogContainer";
      case Conmon.SET_WINDOW_SIZE_CONTAINER -> "setWindowSizeContainer";
      case Conmon.CREATE_NAMESPACES -> "createNamespaces";
      case Conmon.START_FD_SOCKET -> "startFdSocket";
      case Conmon.SERVE_EXEC_CONTAINER -> "serveExecContainer";
      case Conmon.SERVE_ATTACH_CONTAINER -> "serveAttachContainer";
      case Conmon.SERVE_PORT_FORWARD_CONTAINER -> "servePortForwardContainer";
      default -> UNKNOWN;
    };
  }

  private static String own(int method) {
    return switch (method) {
      case Conmonj.SERVER_INFO -> "serverInfo";
      case Conmonj.SERVE_PORT_FORWARD -> "servePortForward";
      case Conmonj.SERVE_EXEC -> "serveExec";
      case Conmonj.SERVE_ATTACH -> "serveAttach";
      case Conmonj.LIST_SESSIONS -> "listSessions";
      case Conmonj.END_SESSION -> "endSession";
      case Conmonj.EXEC_SYNC -> "execSync";
      case Conmonj.SLEEP -> "sleep";
      case Conmonj.UPGRADE -> "upgrade";
      default -> UNKNOWN;
    };
  }
}
