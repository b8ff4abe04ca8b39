package io.conmonj.kernel;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;

/**
 * The way into the C library: finds a function's address and calls it with up to six arguments.
 *
 * <p>Every argument goes as a 64-bit integer and the result comes back as one. Both supported
 * machines pass {@code int}, {@code long} and pointers in the same registers, and a callee that
 * takes or returns an {@code int} looks at the low half only; {@link #toInt} cuts a result down
 * accordingly. Variadic functions (open, fcntl, ioctl, prctl, syscall) take their arguments in the
 * same registers as well, as long as none is a floating-point number (System V AMD64 ABI §3.5.7,
 * AAPCS64 §6.8.2).
 *
 * <p>May be used by any thread; errno belongs to the thread that made the call.
 */
final class LibC {
  private static final Invoker INVOKER = Invoker.getInstance();
  private static final Library LIBRARY = Library.getDefault();

  private static final CallContext ARGS_0 = context(0);
  private static final CallContext ARGS_1 = context(1);
  private static final CallContext ARGS_2 = context(2);
  private static final CallContext ARGS_3 = context(3);
  private static final CallContext ARGS_4 = context(4);
  private static final CallContext ARGS_5 = context(5);
  private static final CallContext ARGS_6 = context(6);

  private LibC() {}

  private static CallContext context(int arguments) {
    Type[] types = new Type[arguments];
    for (int i = 0; i < arguments; i++) {
      types[i] = Type.SINT64;
    }
    boolean saveErrno = true;
    return CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, saveErrno);
  }

  /** The address of a function that every supported C library has. */
  static long symbol(String name) {
    long address = find(name);
    if (address == 0) {
      throw new UnsatisfiedLinkError("find " + name + " in the C library: not there");
    }
    return address;
  }

  /** The address of a function, or 0 where this C library is too old to have it. */
  static long find(String name) {
    return LIBRARY.getSymbolAddress(name);
  }

  static long call(long function) {
    return INVOKER.invokeN0(ARGS_0, function);
  }

  static long call(long function, long a) {
    return INVOKER.invokeN1(ARGS_1, function, a);
  }

  static long call(long function, long a, long b) {
    return INVOKER.invokeN2(ARGS_2, function, a, b);
  }

  static long call(long function, long a, long b, long c) {
    return INVOKER.invokeN3(ARGS_3, function, a, b, c);
  }

  static long call(long function, long a, long b, long c, long d) {
    return INVOKER.invokeN4(ARGS_4, function, a, b, c, d);
  }

  static long call(long function, long a, long b, long c, long d, long e) {
    return INVOKER.invokeN5(ARGS_5, function, a, b, c, d, e);
  }

  static long call(long function, long a, long b, long c, long d, long e, long f) {
    return INVOKER.invokeN6(ARGS_6, function, a, b, c, d, e, f);
  }

  /** The result of a function that returns {@code int}: the upper half of the register is noise. */
  static int toInt(long result) {
    return (int) result;
  }

  /** errno of this thread's last {@code call}; meaningful only after one that failed. */
  static int errno() {
    return LastError.getInstance().get();
  }

  /** Calls a function that may wait, again for as long as a signal interrupts it. */
  static int retry(long function, long a, long b) {
    int result;
    do {
      result = toInt(call(function, a, b));
    } while (interrupted(result));
    return result;
  }

  /** The same with three arguments. */
  static int retry(long function, long a, long b, long c) {
    int result;
    do {
      result = toInt(call(function, a, b, c));
    } while (interrupted(result));
    return result;
  }

  /** The same with four arguments. */
  static int retry(long function, long a, long b, long c, long d) {
    int result;
    do {
      result = toInt(call(function, a, b, c, d));
    } while (interrupted(result));
    return result;
  }

  private static boolean interrupted(int result) {
    return result < 0 && errno() == Errno.EINTR;
  }

  /** The exception for the call that has just failed on this thread. */
  static KernelException failure(String call, String argument) {
    return new KernelException(errno(), call, argument);
  }
}
