package io.conmonj.client.cli;

import io.conmonj.client.model.WindowSize;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.SignalAction;
import java.util.Optional;
import org.jline.nativ.CLibrary;
import org.jline.nativ.CLibrary.Termios;
import org.jline.nativ.CLibrary.WinSize;
import org.jline.utils.Signals;

/**
 * The terminal of standard input through JLine's native calls.
 *
 * <p>Not through JLine's {@code Terminal}: that one forgets the line speed when it sets modes, and
 * resets the handlers of signals that end the process, which would then end without having restored
 * the terminal.
 */
final class JLineTerminal implements StdinTerminal {
  private static final int STDIN = 0;

  // Flags of asm-generic/termbits.h
  private static final long IGNBRK = 0x1;
  private static final long BRKINT = 0x2;
  private static final long PARMRK = 0x8;
  private static final long ISTRIP = 0x20;
  private static final long INLCR = 0x40;
  private static final long IGNCR = 0x80;
  private static final long ICRNL = 0x100;
  private static final long IXON = 0x400;
  private static final long OPOST = 0x1;
  private static final long CSIZE = 0x30;
  private static final long CS8 = 0x30;
  private static final long PARENB = 0x100;
  private static final long ISIG = 0x1;
  private static final long ICANON = 0x2;
  private static final long ECHO = 0x8;
  private static final long ECHONL = 0x40;
  private static final long IEXTEN = 0x8000;
  private static final int VTIME = 5;
  private static final int VMIN = 6;

  private final Termios original;

  /** Restores the modes when a signal or an error ends the process. */
  private final Thread restorer = new Thread(this::restore, "conmonjctl-restore-terminal");

  private Object previousResizeHandler;
  private boolean raw;
  private boolean listening;

  private JLineTerminal(Termios original) {
    this.original = original;
  }

  /** Opens the terminal of standard input, if it is one. */
  static Optional<StdinTerminal> open() {
    Termios modes = new Termios();
    return CLibrary.isatty(STDIN) == 1 && CLibrary.tcgetattr(STDIN, modes) == 0
        ? Optional.of(new JLineTerminal(modes))
        : Optional.empty();
  }

  @Override
  public Optional<WindowSize> size() {
    WinSize size = new WinSize();
    if (CLibrary.ioctl(STDIN, CLibrary.TIOCGWINSZ, size) != 0) {
      return Optional.empty();
    }
    int columns = Short.toUnsignedInt(size.ws_col);
    int rows = Short.toUnsignedInt(size.ws_row);
    return columns > 0 && rows > 0 ? Optional.of(new WindowSize(columns, rows)) : Optional.empty();
  }

  @Override
  public synchronized void onResize(Runnable listener) {
    previousResizeHandler = Signals.register("WINCH", listener);
    listening = true;
  }

  @Override
  public synchronized void enterRawMode() {
    Runtime.getRuntime().addShutdownHook(restorer);
    raw = true;
    // It would end the process at once, and leave the terminal as it is.
    SignalAction.ignore(Signal.QUIT);
    set(rawModes());
  }

  /** As cfmakeraw(3) does it. */
  private Termios rawModes() {
    Termios modes = new Termios();
    modes.c_iflag =
        original.c_iflag & ~(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    modes.c_oflag = original.c_oflag & ~OPOST;
    modes.c_lflag = original.c_lflag & ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    modes.c_cflag = (original.c_cflag & ~(CSIZE | PARENB)) | CS8;
    modes.c_cc = original.c_cc.clone();
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    modes.c_ispeed = original.c_ispeed;
    modes.c_ospeed = original.c_ospeed;
    return modes;
  }

  /** At once: output that is held back (Ctrl-S) would otherwise hold this up too. */
  private static void set(Termios modes) {
    CLibrary.tcsetattr(STDIN, CLibrary.TCSANOW, modes);
  }

  private synchronized void restore() {
    if (raw) {
      raw = false;
      set(original);
      SignalAction.byDefault(Signal.QUIT);
    }
  }

  @Override
  public synchronized void close() {
    if (raw) {
      restore();
      try {
        Runtime.getRuntime().removeShutdownHook(restorer);
      } catch (IllegalStateException e) {
        // the process is ending already
      }
    }
    if (listening) {
      listening = false;
      Signals.unregister("WINCH", previousResizeHandler);
    }
  }
}
