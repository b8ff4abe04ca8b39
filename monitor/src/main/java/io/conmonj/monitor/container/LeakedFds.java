package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import java.util.ArrayList;
import java.util.List;

/** The descriptors that a container's creator had us hold, where they are kept by name. */
final class LeakedFds {
  private LeakedFds() {}

  static void keep(ContainerParts container, Keeping keeping) {
    List<Fd> fds = container.spec().leakFds();
    for (int i = 0; i < fds.size(); i++) {
      if (!fds.get(i).closed()) {
        keeping.deposit(name(container.number(), i), fds.get(i), WakeRule.NEVER);
      }
    }
  }

  static void withdraw(ContainerParts container, Keeping keeping) {
    for (int i = 0; i < container.spec().leakFds().size(); i++) {
      keeping.withdraw(name(container.number(), i));
    }
  }

  /** Those that a worker before this one has held; what is missing was closed. */
  static List<Fd> of(ContainerRecord container, Inheritance left) {
    List<Fd> fds = new ArrayList<>();
    for (int i = 0; i < container.leakFds(); i++) {
      left.take(name(container.number(), i)).ifPresent(fds::add);
    }
    return fds;
  }

  private static String name(long number, int index) {
    return KeptNames.prefix(number) + KeptNames.LEAKED + index;
  }
}
