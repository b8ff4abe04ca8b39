package io.conmonj.client.cli;

import io.conmonj.client.model.WindowSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs command lines of the tool in this process, for tests. */
final class ToolRun {
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final List<String> terminalEvents = new ArrayList<>();
  OutputStream outSink = out;
  InputStream in = InputStream.nullInputStream();
  Optional<WindowSize> terminalSize = Optional.empty();
  volatile Runnable resized;
  volatile Runnable interrupt;
  final Map<String, String> variables = new HashMap<>();

  private final Path runtimeDir;

  ToolRun(Path runtimeDir) {
    this.runtimeDir = runtimeDir;
  }

  /** Gives the tool standard input. */
  ToolRun input(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Makes standard input a terminal. */
  ToolRun terminal(WindowSize size) {
    terminalSize = Optional.of(size);
    return this;
  }

  int run(String... args) {
    List<String> line = new ArrayList<>(List.of("--runtime-dir", runtimeDir.toString()));
    line.addAll(List.of(args));
    return Conmonjctl.run(
        new Console(
            in,
            new StandardOutput(outSink),
            err,
            this::openTerminal,
            it -> interrupt = it,
            variables::get),
        line.toArray(String[]::new));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Optional<StdinTerminal> openTerminal() {
    return terminalSize.isEmpty() ? Optional.empty() : Optional.of(new FakeTerminal());
  }

  private final class FakeTerminal implements StdinTerminal {
    private boolean closed;

    @Override
    public Optional<WindowSize> size() {
      return terminalSize;
    }

    @Override
    public void onResize(Runnable listener) {
      resized = listener;
    }

    @Override
    public void enterRawMode() {
      terminalEvents.add("raw");
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        terminalEvents.add("restored");
      }
    }
  }
}
