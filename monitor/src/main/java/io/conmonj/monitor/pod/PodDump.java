package io.conmonj.monitor.pod;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.container.ExecProcess;
import io.conmonj.monitor.container.Orphan;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.streaming.memory.MemoryAccount;
import java.util.List;

/** What there is in a pod, in lines for fault finding. Loop thread only. */
final class PodDump {
  private final Containers containers;
  private final FdSocket fdSocket;

  PodDump(Containers containers, FdSocket fdSocket) {
    this.containers = containers;
    this.fdSocket = fdSocket;
  }

  void write(StringBuilder to) {
    for (Container each : containers.all()) {
      to.append("container ").append(each.id());
      to.append(" pid ").append(each.pid()).append(' ').append(each.state()).append('\n');
    }
    for (Orphan each : containers.orphans()) {
      to.append("container ").append(each.id()).append(" pid ").append(each.pid());
      to.append(" of a monitor that was killed\n");
    }
    for (Object each : containers.unrecordedExits()) {
      to.append("not recorded yet: ").append(each).append('\n');
    }
    for (ExecProcess each : containers.execs()) {
      to.append("process run in one: ").append(each.description()).append('\n');
    }
    to.append("descriptors of clients: ").append(fdSocket.held()).append('\n');
  }

  /** What memory is held for, of some accounts. */
  static void write(List<MemoryAccount> accounts, StringBuilder to) {
    for (MemoryAccount each : accounts) {
      to.append("memory for ").append(each.name()).append(": ").append(each.held());
      to.append(" bytes of ").append(each.limit()).append('\n');
    }
  }
}
