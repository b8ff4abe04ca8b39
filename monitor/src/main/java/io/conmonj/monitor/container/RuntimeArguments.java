package io.conmonj.monitor.container;

import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;

/** What the runtime was told of a container, in a state. */
final class RuntimeArguments {
  private RuntimeArguments() {}

  static void write(CreateArguments from, State.RuntimeArguments.Builder to) {
    to.setId(from.id());
    to.setBundle(from.bundle());
    to.setSystemdCgroup(from.systemdCgroup());
    Texts.set(to.initGlobalArguments(from.globalArguments().size()), from.globalArguments());
    Texts.set(to.initCommandArguments(from.commandArguments().size()), from.commandArguments());
  }

  static CreateArguments of(State.RuntimeArguments.Reader from) {
    return new CreateArguments(
        from.getId().toString(),
        from.getBundle().toString(),
        from.getSystemdCgroup(),
        Texts.of(from.getGlobalArguments()),
        Texts.of(from.getCommandArguments()));
  }
}
