package io.conmonj.it.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up the JUnit reports in the directories that are its arguments, names every test that was
 * skipped or failed, and ends with a line {@code N passed, N failed, N skipped}. The exit status is
 * 1 if one failed or none ran.
 */
public final class TestCounts {
  private final List<String> failed = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private int passed;

  public static void main(String[] directories) throws Exception {
    TestCounts counts = new TestCounts();
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (String directory : directories) {
      if (Files.isDirectory(Path.of(directory))) {
        counts.read(parser, Path.of(directory));
      }
    }
    System.exit(counts.report() ? 0 : 1);
  }

  private void read(DocumentBuilder parser, Path directory) throws Exception {
    try (DirectoryStream<Path> reports = Files.newDirectoryStream(directory, "TEST-*.xml")) {
      for (Path report : reports) {
        NodeList cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
          count((Element) cases.item(i));
        }
      }
    } catch (IOException e) {
      throw new IOException("read test reports in " + directory, e);
    }
  }

  private void count(Element test) {
    String name = test.getAttribute("classname") + "." + test.getAttribute("name");
    if (test.getElementsByTagName("failure").getLength() > 0
        || test.getElementsByTagName("error").getLength() > 0) {
      failed.add(name);
    } else if (test.getElementsByTagName("skipped").getLength() > 0) {
      Element reason = (Element) test.getElementsByTagName("skipped").item(0);
      skipped.add(name + ": " + firstLine(reason));
    } else {
      passed++;
    }
  }

  private static String firstLine(Element reason) {
    String text = reason.getAttribute("message");
    if (text.isBlank()) {
      text = reason.getTextContent();
    }
    String line =
        text.isBlank() ? "no reason given" : text.strip().lines().findFirst().orElseThrow();
    // JUnit's own words in front of the test's.
    String assumption = "Assumption failed: ";
    int at = line.indexOf(assumption);
    return at < 0 ? line : line.substring(at + assumption.length());
  }

  private boolean report() {
    // Maven may have left a line unfinished.
    System.out.println();
    skipped.forEach(name -> System.out.println("skipped: " + name));
    failed.forEach(name -> System.out.println("failed: " + name));
    System.out.printf("%d passed, %d failed, %d skipped%n", passed, failed.size(), skipped.size());
    return failed.isEmpty() && passed > 0;
  }
}
