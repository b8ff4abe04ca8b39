package com.kenai.jffi;

import com.kenai.jffi.internal.StubLoader;

/**
 * Loads jffi's native part, in the place of jffi's class of this name. Jffi's own goes through
 * reflection and java.util.logging, which are not needed for anything else in the monitor and cost
 * every one of them half a megabyte. It is still what loads the library where the distribution has
 * not put one.
 */
final class Init {
  /** Jffi's name for the directory with its library. */
  private static final String DIRECTORY = "jffi.boot.library.path";

  /** The library's name carries the version of its interface, which jffi checks afterwards. */
  private static final String LIBRARY = "/libjffi-1.2.so";

  private static boolean loaded;

  private Init() {}

  @SuppressWarnings("restricted") // loading a library is what this is for
  static synchronized void load() {
    if (loaded) {
      return;
    }
    String directory = System.getProperty(DIRECTORY);
    if (directory != null) {
      System.load(directory + LIBRARY);
    } else if (!StubLoader.isLoaded()) {
      throw (UnsatisfiedLinkError)
          new UnsatisfiedLinkError("load jffi's library").initCause(StubLoader.getFailureCause());
    }
    loaded = true;
  }
}
