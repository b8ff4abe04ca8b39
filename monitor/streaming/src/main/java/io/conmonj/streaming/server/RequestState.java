package io.conmonj.streaming.server;

import io.conmonj.streaming.AttachOptions;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.DetachKeys;
import io.conmonj.streaming.ExecOptions;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import java.util.List;
import java.util.Optional;

/** Writes down what was asked for, and reads it again. */
final class RequestState {
  private RequestState() {}

  static void write(StreamingRequest request, StateWriter out) {
    out.word(request.kind()).text(request.target());
    switch (request) {
      case ExecRequest exec -> {
        write(exec.stdio(), out);
        out.texts(exec.command());
        write(exec.options(), out);
      }
      case AttachRequest attach -> {
        write(attach.stdio(), out);
        out.number(attach.options().replayBytes()).flag(attach.options().stdinOnce());
        out.optionalText(attach.options().detachKeys().map(DetachKeys::toString));
      }
      case PortForwardRequest forward -> out.numbers(forward.ports());
    }
  }

  static StreamingRequest read(StateReader in) throws UnreadableStateException {
    SessionKind kind = in.word(SessionKind.class);
    String target = in.text();
    try {
      return switch (kind) {
        case EXEC -> {
          Stdio stdio = stdio(in);
          List<String> command = in.texts();
          yield new ExecRequest(target, command, stdio, execOptions(in));
        }
        case ATTACH -> new AttachRequest(target, stdio(in), attachOptions(in));
        case PORT_FORWARD -> new PortForwardRequest(target, in.numbers());
      };
    } catch (IllegalArgumentException senseless) {
      throw new UnreadableStateException("request: " + senseless.getMessage());
    }
  }

  private static void write(Stdio stdio, StateWriter out) {
    out.flag(stdio.stdin()).flag(stdio.stdout()).flag(stdio.stderr()).flag(stdio.tty());
  }

  private static Stdio stdio(StateReader in) throws UnreadableStateException {
    return new Stdio(in.flag(), in.flag(), in.flag(), in.flag());
  }

  private static void write(ExecOptions options, StateWriter out) {
    out.texts(options.environment())
        .optionalText(options.workingDirectory())
        .optionalText(options.user())
        .numbers(options.additionalGroups())
        .flag(options.size().isPresent());
    options.size().ifPresent(size -> out.number(size.columns()).number(size.rows()));
    out.optionalText(options.detachKeys().map(DetachKeys::toString));
  }

  private static ExecOptions execOptions(StateReader in) throws UnreadableStateException {
    return new ExecOptions(
        in.texts(),
        in.optionalText(),
        in.optionalText(),
        in.numbers(),
        in.flag() ? Optional.of(new TerminalSize(in.number(), in.number())) : Optional.empty(),
        in.optionalText().map(DetachKeys::parse));
  }

  private static AttachOptions attachOptions(StateReader in) throws UnreadableStateException {
    return new AttachOptions(in.number(), in.flag(), in.optionalText().map(DetachKeys::parse));
  }
}
