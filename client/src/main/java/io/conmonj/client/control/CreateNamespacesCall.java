package io.conmonj.client.control;

import io.conmonj.client.model.CreateNamespacesRequest;
import io.conmonj.client.model.NamespaceType;
import io.conmonj.client.model.PinnedNamespace;
import io.conmonj.schema.Conmon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.EnumList;
import org.capnproto.StructList;

/** Makes namespaces for a pod. */
public final class CreateNamespacesCall {
  private CreateNamespacesCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmon.CreateNamespacesRequest.Builder,
          Conmon.CreateNamespacesResponse.Reader,
          List<PinnedNamespace>>
      of(CreateNamespacesRequest namespaces) {
    return new ControlCall<>(
        "create namespaces for pod " + namespaces.podId(),
        Conmon.INTERFACE_ID,
        Conmon.CREATE_NAMESPACES,
        Conmon.CreateNamespacesRequest.factory,
        request -> fill(request, namespaces),
        Conmon.CreateNamespacesResponse.factory,
        response -> pinned(response.getNamespaces()));
  }

  private static void fill(
      Conmon.CreateNamespacesRequest.Builder request, CreateNamespacesRequest namespaces) {
    request.setPodId(namespaces.podId());
    request.setBasePath(namespaces.base().toString());
    EnumList.Builder<Conmon.Namespace> fresh = request.initNamespaces(namespaces.fresh().size());
    int i = 0;
    for (NamespaceType type : NamespaceType.values()) {
      if (namespaces.fresh().contains(type)) {
        fresh.set(i++, onWire(type));
      }
    }
    Messages.texts(namespaces.users(), request::initUidMappings);
    Messages.texts(namespaces.groups(), request::initGidMappings);
    Messages.map(namespaces.metadata(), request::initMetadata);
  }

  private static Conmon.Namespace onWire(NamespaceType type) {
    return switch (type) {
      case IPC -> Conmon.Namespace.IPC;
      case PID -> Conmon.Namespace.PID;
      case NET -> Conmon.Namespace.NET;
      case USER -> Conmon.Namespace.USER;
      case UTS -> Conmon.Namespace.UTS;
    };
  }

  private static List<PinnedNamespace> pinned(
      StructList.Reader<Conmon.NamespaceResponse.Reader> list) {
    List<PinnedNamespace> pinned = new ArrayList<>(list.size());
    for (Conmon.NamespaceResponse.Reader each : list) {
      for (NamespaceType type : NamespaceType.values()) {
        if (onWire(type) == each.getType()) {
          pinned.add(new PinnedNamespace(type, Path.of(each.getPath().toString())));
        }
      }
    }
    return List.copyOf(pinned);
  }
}
