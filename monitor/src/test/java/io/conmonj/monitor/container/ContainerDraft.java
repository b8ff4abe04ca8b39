package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.oci.CreateArguments;
import java.util.List;

/** For tests: what a container shall be, put together one property at a time. */
final class ContainerDraft {
  private final CreateArguments arguments;
  private final boolean terminal;
  private final boolean stdin;
  private List<String> environment = List.of();
  private List<LogOpener> logs = List.of();
  private List<String> exitPaths = List.of();
  private List<String> cleanupCommand = List.of();
  private List<Fd> additionalFds = List.of();
  private List<Fd> leakFds = List.of();

  private ContainerDraft(CreateArguments arguments, boolean terminal, boolean stdin) {
    this.arguments = arguments;
    this.terminal = terminal;
    this.stdin = stdin;
  }

  /** One with pipes, without input, logs and exit files. */
  static ContainerDraft of(String id, String bundle) {
    return of(arguments(id, bundle), false, false);
  }

  /** One without logs and exit files. */
  static ContainerDraft of(CreateArguments arguments, boolean terminal, boolean stdin) {
    return new ContainerDraft(arguments, terminal, stdin);
  }

  /**
   * One that starts as another was to be; no environment, cleanup or descriptors are taken over.
   */
  static ContainerDraft like(CreateContainer other) {
    return like(other, other.arguments());
  }

  /** The same, with other arguments of the runtime. */
  static ContainerDraft like(CreateContainer other, CreateArguments arguments) {
    return of(arguments, other.terminal(), other.stdin())
        .logs(other.logs())
        .exitPaths(other.exitPaths());
  }

  /** No more than the runtime needs to know. */
  static CreateArguments arguments(String id, String bundle) {
    return new CreateArguments(id, bundle, false, List.of(), List.of());
  }

  ContainerDraft environment(String variable) {
    environment = List.of(variable);
    return this;
  }

  ContainerDraft logs(List<LogOpener> openers) {
    logs = openers;
    return this;
  }

  ContainerDraft exitPaths(List<String> paths) {
    exitPaths = paths;
    return this;
  }

  ContainerDraft cleanupCommand(String... words) {
    cleanupCommand = List.of(words);
    return this;
  }

  ContainerDraft additionalFds(Fd... descriptors) {
    additionalFds = List.of(descriptors);
    return this;
  }

  ContainerDraft leakFds(Fd... descriptors) {
    leakFds = List.of(descriptors);
    return this;
  }

  CreateContainer create() {
    return new CreateContainer(
        arguments,
        terminal,
        stdin,
        environment,
        logs,
        exitPaths,
        List.of(),
        cleanupCommand,
        additionalFds,
        leakFds);
  }
}
