package io.conmonj.client.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A container to be created. After the call it is <em>created</em>, not running: the caller starts
 * it with the OCI runtime's {@code start}. No part is ever null.
 *
 * @param id the container's name for the runtime
 * @param bundle the OCI bundle's directory, absolute
 * @param terminal whether it gets a terminal; must agree with the bundle's {@code process.terminal}
 * @param stdin whether its standard input stays open for later attaching
 * @param exitPaths files into which its exit code is written, in this order
 * @param oomExitPaths files that are made if it ends for want of memory
 * @param logDrivers where its output goes
 * @param cleanupCommand run when it has ended; empty for none
 * @param globalArgs arguments for the runtime before {@code create}
 * @param commandArgs arguments for the runtime after {@code create}
 * @param environment added to the runtime's environment (not to the container's)
 * @param cgroupManager who makes its control group
 * @param additionalFds slots of the fd socket whose descriptors the runtime gets as 3, 4, …
 * @param leakFds slots of the fd socket whose descriptors are held until the container's end
 * @param metadata carried along for tracing
 */
public record CreateContainerRequest(
    String id,
    Path bundle,
    boolean terminal,
    boolean stdin,
    List<Path> exitPaths,
    List<Path> oomExitPaths,
    List<LogConfig> logDrivers,
    List<String> cleanupCommand,
    List<String> globalArgs,
    List<String> commandArgs,
    Map<String, String> environment,
    CgroupManager cgroupManager,
    List<Long> additionalFds,
    List<Long> leakFds,
    Map<String, String> metadata) {
  /** Copies the collections. */
  public CreateContainerRequest {
    Objects.requireNonNull(id);
    Objects.requireNonNull(bundle);
    Objects.requireNonNull(cgroupManager);
    exitPaths = List.copyOf(exitPaths);
    oomExitPaths = List.copyOf(oomExitPaths);
    logDrivers = List.copyOf(logDrivers);
    cleanupCommand = List.copyOf(cleanupCommand);
    globalArgs = List.copyOf(globalArgs);
    commandArgs = List.copyOf(commandArgs);
    environment = Map.copyOf(environment);
    additionalFds = List.copyOf(additionalFds);
    leakFds = List.copyOf(leakFds);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Begins a request in which everything else is off or empty, and the control group is made by the
   * runtime itself.
   *
   * @param id the container's name
   * @param bundle the OCI bundle's directory
   * @return a builder, for use by one thread
   */
  public static Builder builder(String id, Path bundle) {
    return new Builder(id, bundle);
  }

  /** Collects the parts of a request; each method sets the part of its name. */
  public static final class Builder {
    private final String id;
    private final Path bundle;
    private boolean terminal;
    private boolean stdin;
    private List<Path> exitPaths = List.of();
    private List<Path> oomExitPaths = List.of();
    private List<LogConfig> logDrivers = List.of();
    private List<String> cleanupCommand = List.of();
    private List<String> globalArgs = List.of();
    private List<String> commandArgs = List.of();
    private Map<String, String> environment = Map.of();
    private CgroupManager cgroupManager = CgroupManager.CGROUPFS;
    private List<Long> additionalFds = List.of();
    private List<Long> leakFds = List.of();
    private Map<String, String> metadata = Map.of();

    private Builder(String id, Path bundle) {
      this.id = id;
      this.bundle = bundle;
    }

    /** Sets whether the container gets a terminal. */
    public Builder terminal(boolean value) {
      terminal = value;
      return this;
    }

    /** Sets whether standard input stays open. */
    public Builder stdin(boolean value) {
      stdin = value;
      return this;
    }

    /** Sets the files for the exit code. */
    public Builder exitPaths(List<Path> value) {
      exitPaths = value;
      return this;
    }

    /** Sets the files that tell of an end for want of memory. */
    public Builder oomExitPaths(List<Path> value) {
      oomExitPaths = value;
      return this;
    }

    /** Sets where the output goes. */
    public Builder logDrivers(List<LogConfig> value) {
      logDrivers = value;
      return this;
    }

    /** Sets the command that is run after the end. */
    public Builder cleanupCommand(List<String> value) {
      cleanupCommand = value;
      return this;
    }

    /** Sets arguments for the runtime before {@code create}. */
    public Builder globalArgs(List<String> value) {
      globalArgs = value;
      return this;
    }

    /** Sets arguments for the runtime after {@code create}. */
    public Builder commandArgs(List<String> value) {
      commandArgs = value;
      return this;
    }

    /** Sets what is added to the runtime's environment. */
    public Builder environment(Map<String, String> value) {
      environment = value;
      return this;
    }

    /** Sets who makes the control group. */
    public Builder cgroupManager(CgroupManager value) {
      cgroupManager = value;
      return this;
    }

    /** Sets the slots of descriptors for the runtime. */
    public Builder additionalFds(List<Long> value) {
      additionalFds = value;
      return this;
    }

    /** Sets the slots of descriptors that are held until the end. */
    public Builder leakFds(List<Long> value) {
      leakFds = value;
      return this;
    }

    /** Sets what is carried along for tracing. */
    public Builder metadata(Map<String, String> value) {
      metadata = value;
      return this;
    }

    /** Makes the request. */
    public CreateContainerRequest build() {
      return new CreateContainerRequest(
          id,
          bundle,
          terminal,
          stdin,
          exitPaths,
          oomExitPaths,
          logDrivers,
          cleanupCommand,
          globalArgs,
          commandArgs,
          environment,
          cgroupManager,
          additionalFds,
          leakFds,
          metadata);
    }
  }
}
