package io.conmonj.monitor.control;

import io.conmonj.monitor.namespace.IdMappings;
import io.conmonj.monitor.namespace.NamespaceType;
import io.conmonj.monitor.namespace.NamespacesRequest;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.EnumList;
import org.capnproto.Text;
import org.capnproto.TextList;

/**
 * {@code createNamespaces}: answers with where the namespaces of all types are pinned, new ones and
 * those of the monitor, once they are.
 */
final class CreateNamespacesMethod implements RpcMethod {
  /** Of conmon-rs; its client library always says one itself. */
  private static final String DEFAULT_BASE = "/var/run";

  private final PodNamespaces namespaces;

  CreateNamespacesMethod(PodNamespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** Both layouts differ only in where the fields lie. */
  private record Fields(
      Text.Reader podId,
      Text.Reader base,
      EnumList.Reader<Conmon.Namespace> fresh,
      TextList.Reader users,
      TextList.Reader groups) {}

  @Override
  public void call(IncomingCall call) throws BadRequestException {
    NamespacesRequest request = request(fields(call));
    Reply.when(namespaces.create(request), call, made -> respond(call, request));
  }

  private static Fields fields(IncomingCall call) {
    if (Generation.of(call, Generation.CREATE_NAMESPACES) == Generation.OLD) {
      var old = call.request(ConmonOld.CreateNamespacesRequest.factory);
      return new Fields(
          old.getPodId(),
          old.getBasePath(),
          old.getNamespaces(),
          old.getUidMappings(),
          old.getGidMappings());
    }
    var request = call.request(Conmon.CreateNamespacesRequest.factory);
    return new Fields(
        request.getPodId(),
        request.getBasePath(),
        request.getNamespaces(),
        request.getUidMappings(),
        request.getGidMappings());
  }

  private static NamespacesRequest request(Fields fields) throws BadRequestException {
    String base =
        fields.base.size() == 0
            ? DEFAULT_BASE
            : RequestFields.absolutePath("base path", fields.base);
    List<NamespaceType> fresh = fresh(fields.fresh);
    List<String> users = RequestFields.texts(fields.users);
    List<String> groups = RequestFields.texts(fields.groups);
    return RequestFields.checked(
        () ->
            new NamespacesRequest(
                fields.podId.toString(),
                Path.of(base),
                fresh,
                new IdMappings(users),
                new IdMappings(groups)));
  }

  private static List<NamespaceType> fresh(EnumList.Reader<Conmon.Namespace> field)
      throws BadRequestException {
    List<NamespaceType> types = new ArrayList<>(field.size());
    for (int i = 0; i < field.size(); i++) {
      types.add(
          switch (field.get(i)) {
            case IPC -> NamespaceType.IPC;
            case NET -> NamespaceType.NET;
            case PID -> NamespaceType.PID;
            case USER -> NamespaceType.USER;
            case UTS -> NamespaceType.UTS;
            default -> throw new BadRequestException("namespace of an unknown type");
          });
    }
    return types;
  }

  private static void respond(IncomingCall call, NamespacesRequest request) {
    NamespaceType[] types = NamespaceType.values();
    var list = call.response(Conmon.CreateNamespacesResponse.factory).initNamespaces(types.length);
    for (int i = 0; i < types.length; i++) {
      list.get(i).setType(wireType(types[i]));
      list.get(i).setPath(request.path(types[i]).toString());
    }
    call.respond();
  }

  private static Conmon.Namespace wireType(NamespaceType type) {
    return switch (type) {
      case IPC -> Conmon.Namespace.IPC;
      case PID -> Conmon.Namespace.PID;
      case NET -> Conmon.Namespace.NET;
      case USER -> Conmon.Namespace.USER;
      case UTS -> Conmon.Namespace.UTS;
    };
  }
}
