package io.conmonj.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** What the packages may know of each other and of libraries. */
class ArchitectureTest {
  private static final JavaClasses CLIENT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.conmonj.client");

  /** The top package is one among the others, which must not use it. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "every package";
        }
      };

  @Test
  void noPackagesUseEachOther() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLIENT);
  }

  @Test
  void ofTheStreamingServerOnlyTheWireIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.conmonj.streaming..")
                .and(resideOutsideOfPackage("io.conmonj.streaming.wire..")))
        .check(CLIENT);
  }

  @Test
  void whatConnectionsHaveInCommonKnowsNoneOfThem() {
    noClasses()
        .that()
        .resideInAPackage("..client.transport..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.conmonj.client..")
                .and(resideOutsideOfPackage("io.conmonj.client.transport..")))
        .check(CLIENT);
  }

  @Test
  void requestsAndResultsAreValues() {
    classes()
        .that()
        .resideInAPackage("..client.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("..client.model..", "java..")
        .check(CLIENT);
  }

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
            "io.conmonj.streaming..",
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
