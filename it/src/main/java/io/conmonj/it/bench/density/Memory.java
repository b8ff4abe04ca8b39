package io.conmonj.it.bench.density;

import io.conmonj.it.proc.ProcessFacts;
import java.util.List;

/**
 * The memory of several processes.
 *
 * @param pssMebibytes with each page that is shared divided by the number of its users
 * @param privateMebibytes of pages that nobody shares
 */
record Memory(double pssMebibytes, double privateMebibytes) {
  static Memory of(List<Long> processes) {
    double pss = 0;
    double own = 0;
    for (long pid : processes) {
      ProcessFacts facts = new ProcessFacts(pid);
      pss += facts.proportionalKiB() / 1024.0;
      own += facts.privateKiB() / 1024.0;
    }
    return new Memory(pss, own);
  }
}
