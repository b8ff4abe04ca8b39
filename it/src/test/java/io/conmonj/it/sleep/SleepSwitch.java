package io.conmonj.it.sleep;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * With {@code -Dit.sleep=forced}, all tests of a run are made with {@link ForcedSleeps}. JUnit
 * finds it by the file {@code META-INF/services}.
 */
public final class SleepSwitch implements BeforeAllCallback {
  private static final String PROPERTY = "it.sleep";
  private static final String FORCED = "forced";

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isForced()) {
      var _ =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.create(SleepSwitch.class))
              .getOrComputeIfAbsent(Sleeps.class);
    }
  }

  /** Whether it does so in this run: two of them wake each other's monitors. */
  public static boolean isForced() {
    return FORCED.equals(System.getProperty(PROPERTY));
  }

  /** Until the end of the run. */
  static final class Sleeps implements AutoCloseable {
    private final ForcedSleeps forced = new ForcedSleeps();

    @Override
    public void close() {
      forced.close();
      System.out.println(
          "sleeps that were forced between steps: "
              + forced.count()
              + "; refused: "
              + forced.refusals());
    }
  }
}
