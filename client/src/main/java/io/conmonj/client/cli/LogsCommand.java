package io.conmonj.client.cli;

import io.conmonj.client.log.CriLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "logs",
    description = {
      "Print what a container wrote.",
      "",
      "What it wrote to standard output goes to standard output, what it wrote to standard error to"
          + " standard error. Following goes on across rotation of the log, and ends with the"
          + " container: when its exit file is there."
    },
    footer = {
      "  # What there is",
      "  conmonjctl logs box",
      "",
      "  # The last ten lines, and what comes",
      "  conmonjctl logs -f --tail 10 box",
      "",
      "  # When and where each line was written",
      "  conmonjctl logs --timestamps box",
      "",
      "  # Of a container that was not begun by conmonjctl",
      "  conmonjctl logs --log-path /var/log/pods/web/0.log"
    })
final class LogsCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the container ends")
  private boolean follow;

  @Option(
      names = "--tail",
      paramLabel = "LINES",
      description = "Begin with the last so many lines. Default: all")
  private Integer tail;

  @Option(names = "--timestamps", description = "Put the time before each line")
  private boolean timestamps;

  @Option(
      names = "--log-path",
      paramLabel = "FILE",
      description = "The log. Default: ID.log in the monitor's directory")
  private Path logPath;

  @Option(
      names = "--exit-path",
      paramLabel = "FILE",
      description =
          "The file that tells the container's end. Default: ID.exit in the monitor's directory")
  private Path exitPath;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      description = "The container; may be left out with --log-path")
  private String id;

  LogsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (id == null && logPath == null) {
      throw new CommandFailedException("name a container, or a log by --log-path");
    }
    if (tail != null && tail < 0) {
      throw new CommandFailedException("--tail " + tail + ": must not be negative");
    }
    if (id != null) {
      ContainerFiles.checkId(id);
    }
    Path log = logPath == null ? ContainerFiles.log(parent.global(), id) : logPath;
    LogPrinter printer = new LogPrinter(console, parent.global().json(), timestamps);
    TailSink sink = new TailSink(printer, tail);
    try (CriLogReader reader = open(log, sink)) {
      reader.read();
      sink.release();
      if (follow) {
        Path exit = exitFile();
        reader.follow(() -> exit != null && Files.exists(exit));
      }
    }
    return ExitCodes.OK;
  }

  private static CriLogReader open(Path log, TailSink sink) throws IOException {
    try {
      return new CriLogReader(log, sink);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("no log " + log);
    }
  }

  /** Null where nothing tells the end. */
  private Path exitFile() {
    if (exitPath != null) {
      return exitPath;
    }
    return id == null ? null : ContainerFiles.exit(parent.global(), id);
  }
}
