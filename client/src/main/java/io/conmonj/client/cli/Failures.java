package io.conmonj.client.cli;

import io.conmonj.kernel.Reason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells failures in one line each, and chooses the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Console console;
  private final Set<String> withRemoteCode;

  /** Names the commands whose exit code is a remote command's. */
  Failures(Console console, Set<String> withRemoteCode) {
    this.console = console;
    this.withRemoteCode = withRemoteCode;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StandardOutput.FailedException output) {
        if (output.nobodyReads()) {
          return ExitCodes.OUTPUT_CLOSED;
        }
        return failed(output, command);
      }
    }
    return failed(failure, command);
  }

  /** Output that was printed as an aside could not be written. */
  static int outputFailed(Console console) {
    if (console.out() instanceof StandardOutput output && output.failure() != null) {
      if (output.failure().nobodyReads()) {
        return ExitCodes.OUTPUT_CLOSED;
      }
      console.remark("error: " + output.failure().getMessage());
    }
    return ExitCodes.FAILED;
  }

  private int failed(Exception failure, CommandLine command) {
    console.remark("error: " + text(failure));
    return withRemoteCode.contains(command.getCommandName()) ? ExitCodes.NOT_RUN : ExitCodes.FAILED;
  }

  /** A failure without words of its own is at least named. */
  private static String text(Exception failure) {
    String message = failure.getMessage();
    if (failure instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + ": " + Reason.of(file);
    }
    return failure instanceof IOException && message != null && !message.isBlank()
        ? message
        : failure.toString();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    console.remark("error: " + failure.getMessage());
    console.remark("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return withRemoteCode.contains(command.getCommandName()) ? ExitCodes.NOT_RUN : ExitCodes.USAGE;
  }
}
