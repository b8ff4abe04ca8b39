package io.conmonj.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the packages may know of each other and of libraries. */
class PackagesTest {
  private static final JavaClasses CLIENT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.conmonj.client");

  @Test
  void nothingInTheLibraryKnowsTheTool() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..cli..", "picocli..", "org.jline..")
        .check(CLIENT);
  }

  @Test
  void theToolUsesTheLibrarysPublicFaceAndNoWireFormats() {
    noClasses()
        .that()
        .resideInAPackage("..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..client.control..",
            "..client.connection..",
            "..client.spdy..",
            "..client.websocket..",
            "io.conmonj.rpc..",
            "io.conmonj.schema..",
            "io.netty..")
        .check(CLIENT);
  }

  @Test
  void onlyTheControlPackageKnowsTheControlWire() {
    classes()
        .that()
        .resideOutsideOfPackage("..client.control..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("io.conmonj.rpc..", "io.conmonj.schema..", "org.capnproto..")
        .check(CLIENT);
  }

  @Test
  void framesKnowNothingOfWhatTheyCarry() {
    noClasses()
        .that()
        .resideInAnyPackage("..client.websocket..", "..client.spdy..", "..client.connection..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..client.remotecommand..", "..client.portforward..", "..client.control..")
        .check(CLIENT);
  }

  @Test
  void whatLeadsToAConnectionKnowsNotWhatIsSpokenOnIt() {
    noClasses()
        .that()
        .resideInAPackage("..client.connection..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..client.websocket..", "..client.spdy..")
        .check(CLIENT);
  }

  @Test
  void sessionLogicKnowsNoFrames() {
    noClasses()
        .that()
        .haveSimpleName("SessionEvents")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..client.websocket..", "..client.spdy..", "io.netty.handler..")
        .check(CLIENT);
  }

  @Test
  void forwardedPortsKnowNoFrames() {
    noClasses()
        .that()
        .resideInAPackage("..client.portforward..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..client.websocket..", "io.netty.handler..")
        .check(CLIENT);
  }

  @Test
  void logsAreReadWithoutAnythingElse() {
    classes()
        .that()
        .resideInAPackage("..client.log..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("..client.log..", "java..")
        .check(CLIENT);
  }
}
