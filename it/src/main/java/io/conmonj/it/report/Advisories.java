package io.conmonj.it.report;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Holds what a distribution ships, as its bills of materials say, against published advisories.
 * Arguments: the directory with the bills, and the address of a database that speaks OSV's
 * interface (https://google.github.io/osv.dev/api/).
 *
 * <p>The exit status is 0 when nothing is known of any component, 1 when something is, and 2 when
 * that could not be found out: no answer is not a good answer.
 */
public final class Advisories {
  private static final int NOTHING_KNOWN = 0;
  private static final int SOMETHING_KNOWN = 1;
  private static final int NOT_FOUND_OUT = 2;

  /** Java has an update every three months (the third Tuesday of January, April, …). */
  private static final int DAYS_BETWEEN_UPDATES = 98;

  private Advisories() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(
        check(Path.of(arguments[0]), URI.create(arguments[1]), LocalDate.now(ZoneOffset.UTC)));
  }

  /** Checks, and says on standard output what was found. */
  static int check(Path bills, URI database, LocalDate today)
      throws IOException, InterruptedException {
    ShippedComponents shipped = ShippedComponents.read(bills);
    Map<String, List<String>> known;
    try {
      known = new AdvisoryDatabase(database).known(shipped.libraries());
    } catch (ConnectException | HttpConnectTimeoutException unreachable) {
      System.out.println("not checked: no database at " + database + " can be reached from here");
      return NOT_FOUND_OUT;
    } catch (IOException noAnswer) {
      System.out.println("not checked: " + database + ": " + noAnswer.getMessage());
      return NOT_FOUND_OUT;
    }
    known.forEach((library, ids) -> System.out.println(library + ": " + String.join(", ", ids)));
    boolean old = sayJava(shipped, today);
    System.out.printf(
        "%d libraries, %d of them with advisories%n", shipped.libraries().size(), known.size());
    return known.isEmpty() && !old ? NOTHING_KNOWN : SOMETHING_KNOWN;
  }

  // No such database knows builds of Java; what its age says is what can be said.
  private static boolean sayJava(ShippedComponents shipped, LocalDate today) {
    LocalDate next = shipped.javaDate().plusDays(DAYS_BETWEEN_UPDATES);
    boolean old = today.isAfter(next);
    System.out.printf(
        "%s of %s%s%n",
        shipped.java(),
        shipped.javaDate(),
        old ? ": a later update is due, with mended faults" : ": no later update is due");
    return old;
  }
}
