package io.conmonj.client.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Namespaces to be made for a pod, before its containers. No part is ever null.
 *
 * @param podId whose they are: the name of their files
 * @param base the directory below which they are pinned, absolute
 * @param fresh the types that are made; of the others the monitor's own is pinned
 * @param users who is who in a new user namespace, each {@code CONTAINER_ID HOST_ID SIZE}; at least
 *     one if there is to be one
 * @param groups the same for groups
 * @param metadata carried along for tracing
 */
public record CreateNamespacesRequest(
    String podId,
    Path base,
    Set<NamespaceType> fresh,
    List<String> users,
    List<String> groups,
    Map<String, String> metadata) {
  /** Where namespaces are pinned by default, as in the client library of conmon-rs. */
  public static final Path DEFAULT_BASE = Path.of("/var/run");

  /** Copies the collections. */
  public CreateNamespacesRequest {
    Objects.requireNonNull(podId);
    Objects.requireNonNull(base);
    fresh = Set.copyOf(fresh);
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Makes a request without a user namespace.
   *
   * @param podId whose they are
   * @param base the directory below which they are pinned
   * @param fresh the types that are made, without {@link NamespaceType#USER}
   * @return the request, never null
   */
  public static CreateNamespacesRequest of(String podId, Path base, Set<NamespaceType> fresh) {
    return new CreateNamespacesRequest(podId, base, fresh, List.of(), List.of(), Map.of());
  }
}
