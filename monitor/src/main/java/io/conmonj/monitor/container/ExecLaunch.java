package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.oci.ProcessDocument;
import io.conmonj.monitor.oci.RuntimeCommands;
import io.conmonj.monitor.oci.RuntimeUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how the runtime is asked for a further process. Usually by flags. They cannot carry the size
 * of a terminal, and if it were set only when the terminal arrives here, the process might already
 * have looked at it. So a size that is known beforehand goes to the runtime in a document ({@code
 * --process}), which takes the place of the flags. Loop thread only.
 */
final class ExecLaunch {
  private static final Logger LOG = LoggerFactory.getLogger(ExecLaunch.class);

  private static final String VERB = "exec";
  private static final boolean PID_FILE_IS_OURS = true;

  /** Where the runtime finds the first of its additional descriptors. */
  private static final String DOCUMENT = "/proc/self/fd/3";

  private final LaunchContext context;
  private final CreateArguments container;
  private final ExecSpec spec;
  private final String pidFile;
  private final Supplier<Optional<WindowSize>> size;

  /**
   * @param container what the runtime was told of the container that the process shall run in
   * @param size of the terminal as known when it arrives
   */
  ExecLaunch(
      LaunchContext context,
      CreateArguments container,
      ExecSpec spec,
      String pidFile,
      Supplier<Optional<WindowSize>> size) {
    this.context = context;
    this.container = container;
    this.spec = spec;
    this.pidFile = pidFile;
    this.size = size;
  }

  /** Completes on the loop thread. */
  CompletableFuture<LaunchRequest> request() {
    // Without its bundle the container's own process is not known, which a document builds upon.
    if (!spec.terminal() || spec.size().isEmpty() || container.bundle().isEmpty()) {
      return CompletableFuture.completedFuture(byFlags());
    }
    WindowSize first = spec.size().get();
    CompletableFuture<LaunchRequest> request = new CompletableFuture<>();
    Duty withoutDocument = context.loop().duty(() -> request.complete(byFlags()));
    withoutDocument.dueAfter(context.limits().files());
    var _ =
        context
            .loop()
            .offload("exec-process", () -> document(first))
            .handle(
                (document, failure) -> {
                  if (failure != null) {
                    withoutDocument.due();
                    LOG.debug("size of a terminal is set at its arrival", failure);
                  } else {
                    withDocument(request, document);
                  }
                  return null;
                });
    return request;
  }

  private void withDocument(CompletableFuture<LaunchRequest> request, Fd document) {
    boolean taken = false;
    try {
      taken = request.complete(byDocument(document));
    } finally {
      // Where it fails for want of memory, there is still what is due when this takes too long.
      if (!taken) {
        document.close();
      }
    }
  }

  private LaunchRequest byFlags() {
    return request(
        console ->
            commands()
                .exec(
                    container.id(), container.systemdCgroup(), spec.arguments(), pidFile, console),
        List.of());
  }

  private LaunchRequest byDocument(Fd document) {
    return request(
        console ->
            commands()
                .execDocument(
                    container.id(), container.systemdCgroup(), DOCUMENT, pidFile, console),
        List.of(document));
  }

  private LaunchRequest request(
      Function<Optional<String>, List<String>> commandLine, List<Fd> additionalFds) {
    return new LaunchRequest(
        RuntimeUse.EXEC,
        container.id(),
        VERB,
        commandLine,
        pidFile,
        PID_FILE_IS_OURS,
        spec.terminal(),
        spec.stdin(),
        size,
        spec.environment(),
        additionalFds,
        context.limits().runtime().exec());
  }

  private RuntimeCommands commands() {
    return context.runtime().commands();
  }

  private Fd document(WindowSize first) throws IOException {
    String config = Files.readString(Path.of(container.bundle(), "config.json"));
    byte[] document =
        ProcessDocument.of(config, spec.arguments(), first).getBytes(StandardCharsets.UTF_8);
    Fd file = MemoryFile.create("exec-process");
    try {
      if (Io.write(file, document) != document.length) {
        throw new IOException("write process document: it was cut");
      }
      return file;
    } catch (IOException failed) {
      file.close();
      throw failed;
    }
  }
}
