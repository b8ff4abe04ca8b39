package io.conmonj.monitor.control;

import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import io.conmonj.schema.Conmonj;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.capnproto.StructList;
import org.capnproto.Text;
import org.capnproto.TextList;

/**
 * What a call says of itself, for its trace: which container it is about, and the trace that its
 * caller is in. Both lie elsewhere in the requests of either generation.
 *
 * @param container id of the container, or of the pod where the call is about that; empty where it
 *     is not known
 * @param caller W3C's {@code traceparent} and {@code tracestate}, as far as the caller sent them
 */
record CallContext(String container, Map<String, String> caller) {
  private static final CallContext NONE = new CallContext("", Map.of());

  /** Of the pairs that a caller sends, so many are looked at. */
  private static final int MOST_PAIRS = 32;

  /** Names of the pairs that are kept (W3C Trace Context, section 3). */
  private static final String PARENT = "traceparent";

  private static final String STATE = "tracestate";

  /** Reads it; what is malformed is left out, since that is for the method to refuse. */
  static CallContext of(IncomingCall call) {
    try {
      if (call.interfaceId() == Conmon.INTERFACE_ID) {
        return compatible(call);
      }
      return call.interfaceId() == Conmonj.INTERFACE_ID ? own(call) : NONE;
    } catch (RuntimeException malformed) {
      return NONE;
    }
  }

  private static CallContext compatible(IncomingCall call) {
    return switch (call.methodId()) {
      case Conmon.VERSION -> version(call);
      case Conmon.CREATE_CONTAINER -> createContainer(call);
      case Conmon.EXEC_SYNC_CONTAINER -> execSync(call);
      case Conmon.ATTACH_CONTAINER -> attach(call);
      case Conmon.REOPEN_LOG_CONTAINER -> reopenLog(call);
      case Conmon.SET_WINDOW_SIZE_CONTAINER -> setWindowSize(call);
      case Conmon.CREATE_NAMESPACES -> createNamespaces(call);
      case Conmon.START_FD_SOCKET ->
          ofNone(call.request(Conmon.StartFdSocketRequest.factory).getMetadata());
      case Conmon.SERVE_EXEC_CONTAINER -> {
        var request = call.request(Conmon.ServeExecContainerRequest.factory);
        yield of(request.getId(), request.getMetadata());
      }
      case Conmon.SERVE_ATTACH_CONTAINER -> {
        var request = call.request(Conmon.ServeAttachContainerRequest.factory);
        yield of(request.getId(), request.getMetadata());
      }
      case Conmon.SERVE_PORT_FORWARD_CONTAINER ->
          ofNone(call.request(Conmon.ServePortForwardContainerRequest.factory).getMetadata());
      default -> NONE;
    };
  }

  private static CallContext version(IncomingCall call) {
    return ofNone(
        Generation.of(call, Generation.VERSION) == Generation.OLD
            ? call.request(ConmonOld.VersionRequest.factory).getMetadata()
            : call.request(Conmon.VersionRequest.factory).getMetadata());
  }

  private static CallContext createContainer(IncomingCall call) {
    var request = call.request(Conmon.CreateContainerRequest.factory);
    return of(
        request.getId(),
        Generation.of(call, Generation.CREATE_CONTAINER) == Generation.OLD
            ? call.request(ConmonOld.CreateContainerRequest.factory).getMetadata()
            : request.getMetadata());
  }

  private static CallContext execSync(IncomingCall call) {
    var request = call.request(Conmon.ExecSyncContainerRequest.factory);
    return of(
        request.getId(),
        Generation.of(call, Generation.EXEC_SYNC) == Generation.OLD
            ? call.request(ConmonOld.ExecSyncContainerRequest.factory).getMetadata()
            : request.getMetadata());
  }

  private static CallContext attach(IncomingCall call) {
    var request = call.request(Conmon.AttachRequest.factory);
    return of(
        request.getId(),
        Generation.of(call, Generation.ATTACH) == Generation.OLD
            ? call.request(ConmonOld.AttachRequest.factory).getMetadata()
            : request.getMetadata());
  }

  private static CallContext reopenLog(IncomingCall call) {
    var request = call.request(Conmon.ReopenLogRequest.factory);
    return of(
        request.getId(),
        Generation.of(call, Generation.REOPEN_LOG) == Generation.OLD
            ? call.request(ConmonOld.ReopenLogRequest.factory).getMetadata()
            : request.getMetadata());
  }

  private static CallContext setWindowSize(IncomingCall call) {
    var request = call.request(Conmon.SetWindowSizeRequest.factory);
    return of(
        request.getId(),
        Generation.of(call, Generation.SET_WINDOW_SIZE) == Generation.OLD
            ? call.request(ConmonOld.SetWindowSizeRequest.factory).getMetadata()
            : request.getMetadata());
  }

  private static CallContext createNamespaces(IncomingCall call) {
    if (Generation.of(call, Generation.CREATE_NAMESPACES) == Generation.OLD) {
      var old = call.request(ConmonOld.CreateNamespacesRequest.factory);
      return of(old.getPodId(), old.getMetadata());
    }
    var request = call.request(Conmon.CreateNamespacesRequest.factory);
    return of(request.getPodId(), request.getMetadata());
  }

  /** Of the requests of our own interface only that of exec-sync has a place for a trace. */
  private static CallContext own(IncomingCall call) {
    return switch (call.methodId()) {
      case Conmonj.EXEC_SYNC -> {
        var request = call.request(Conmonj.ExecSyncRequest.factory);
        yield new CallContext(request.getId().toString(), assignments(request.getMetadata()));
      }
      case Conmonj.SERVE_EXEC -> untraced(call.request(Conmonj.ServeExecRequest.factory).getId());
      case Conmonj.SERVE_ATTACH ->
          untraced(call.request(Conmonj.ServeAttachRequest.factory).getId());
      case Conmonj.SERVE_PORT_FORWARD ->
          untraced(call.request(Conmonj.ServePortForwardRequest.factory).getId());
      default -> NONE;
    };
  }

  private static CallContext untraced(Text.Reader id) {
    return new CallContext(id.toString(), Map.of());
  }

  private static CallContext ofNone(StructList.Reader<Conmon.TextTextMapEntry.Reader> metadata) {
    return new CallContext("", pairs(metadata));
  }

  private static CallContext of(
      Text.Reader id, StructList.Reader<Conmon.TextTextMapEntry.Reader> metadata) {
    return new CallContext(id.toString(), pairs(metadata));
  }

  private static Map<String, String> pairs(
      StructList.Reader<Conmon.TextTextMapEntry.Reader> metadata) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < Math.min(metadata.size(), MOST_PAIRS); i++) {
      keep(pairs, metadata.get(i).getKey().toString(), metadata.get(i).getValue().toString());
    }
    return pairs;
  }

  /**
   * The caller's trace, as our own interface has it.
   *
   * @param metadata pairs as {@code NAME=value}; what is not one is left out
   */
  static Map<String, String> assignments(TextList.Reader metadata) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < Math.min(metadata.size(), MOST_PAIRS); i++) {
      String pair = metadata.get(i).toString();
      int equals = pair.indexOf('=');
      if (equals > 0) {
        keep(pairs, pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return pairs;
  }

  private static void keep(Map<String, String> pairs, String name, String value) {
    String known = name.toLowerCase(Locale.ROOT);
    if (known.equals(PARENT) || known.equals(STATE)) {
      pairs.put(known, value);
    }
  }
}
