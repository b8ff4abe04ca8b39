package io.conmonj.rpc;

import java.util.HashMap;
import java.util.Map;

/**
 * The objects of this side that the other side holds, by the ids it knows them by. Each time an
 * object is sent it gets an id of its own, so the other side holds exactly one reference to each.
 */
final class ExportTable {

  /** The bootstrap object's id. It is never taken back, however often it is released. */
  static final int BOOTSTRAP = 0;

  private final Map<Integer, CallHandler> exports = new HashMap<>();
  private int next = BOOTSTRAP + 1;

  ExportTable(CallHandler bootstrap) {
    exports.put(BOOTSTRAP, bootstrap);
  }

  /** Gives {@code handler} an id. */
  int export(CallHandler handler) {
    while (exports.putIfAbsent(next, handler) != null) {
      next++;
    }
    return next++;
  }

  /** The object {@code id}, or {@code null} if the other side holds none of that id. */
  CallHandler find(int id) {
    return exports.get(id);
  }

  /** Whether the other side holds the bootstrap object at most. */
  boolean hasBootstrapOnly() {
    return exports.size() == 1;
  }

  /** Forgets an object; what the other side does not hold is nothing to forget. */
  void release(int id) {
    if (id != BOOTSTRAP) {
      exports.remove(id);
    }
  }
}
