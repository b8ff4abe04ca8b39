package io.conmonj.client.cli;

import java.io.IOException;

/** A command cannot do what it was asked; its message is all that there is to say. */
final class CommandFailedException extends IOException {
  CommandFailedException(String message) {
    super(message);
  }
}
