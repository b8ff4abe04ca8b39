package io.conmonj.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What a client's checks must come to, so that a check that is no longer made is noticed as well as
 * one that fails.
 *
 * @param works the checks that succeed
 * @param fails the checks that cannot succeed with this server
 */
record Expectation(List<String> works, Map<String, Limitation> fails) {

  /**
   * Why a check cannot succeed.
   *
   * @param reason in words
   * @param seenAs a text in the failed check's detail, so that no other failure passes for it
   * @param always whether it is seen each time; a race is not
   */
  record Limitation(String reason, String seenAs, boolean always) {

    /** One that is seen each time. */
    static Limitation always(String reason, String seenAs) {
      return new Limitation(reason, seenAs, true);
    }

    /** One that depends on who is faster. */
    static Limitation atTimes(String reason, String seenAs) {
      return new Limitation(reason, seenAs, false);
    }

    private void verify(Check check) {
      if (always || !check.ok()) {
        assertThat(check).matches(c -> !c.ok(), "fails");
        assertThat(check.detail()).contains(seenAs);
      }
    }
  }

  /** All of these work. */
  static Expectation works(List<String> checks) {
    return new Expectation(checks, Map.of());
  }

  /** Whatever checks a run makes, all of them work. */
  static Expectation worksThroughout(ClientRun run) {
    return works(run.checks().stream().map(Check::check).toList());
  }

  /** The same, but these checks fail, or may fail, for a reason. */
  Expectation but(Limitation reason, List<String> checks) {
    Map<String, Limitation> failing = new LinkedHashMap<>(fails);
    checks.forEach(check -> failing.put(check, reason));
    return new Expectation(
        works.stream().filter(check -> !failing.containsKey(check)).toList(), failing);
  }

  /** One test for each check, and one for the run as a whole. */
  Stream<DynamicTest> asTests(ClientRun run) {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        dynamicTest(
            "runs to its end and makes exactly the expected checks",
            () -> {
              assertThat(run.problem()).isEmpty();
              assertThat(run.checks()).isNotEmpty();
              List<String> expected = new ArrayList<>(works);
              expected.addAll(fails.keySet());
              assertThat(run.checks())
                  .extracting(Check::check)
                  .containsExactlyInAnyOrderElementsOf(expected);
            }));
    for (Check check : run.checks()) {
      Limitation limitation = fails.get(check.check());
      if (limitation == null) {
        tests.add(
            dynamicTest(check.check(), () -> assertThat(check).matches(Check::ok, "succeeds")));
      } else {
        tests.add(
            dynamicTest(
                check.check()
                    + (limitation.always() ? " fails: " : " fails at times: ")
                    + limitation.reason(),
                () -> limitation.verify(check)));
      }
    }
    return tests.stream();
  }
}
