package io.conmonj.kernel;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why something failed, in words for a message that already says what was tried on what. Exceptions
 * of java.nio.file often say nothing but the file's name, the reason being their type.
 */
public final class Reason {
  private Reason() {}

  /** Never null or empty: a failure without words is named by its type. */
  public static String of(Throwable failure) {
    if (failure instanceof FileSystemException file) {
      String kind = kind(file);
      if (!kind.isEmpty()) {
        return kind;
      }
      if (file.getReason() != null) {
        return file.getReason();
      }
    }
    String message = failure.getMessage();
    return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }

  private static String kind(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a directory";
    }
    return failure instanceof DirectoryNotEmptyException ? "directory not empty" : "";
  }
}
