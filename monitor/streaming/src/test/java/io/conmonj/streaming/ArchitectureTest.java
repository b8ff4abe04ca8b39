package io.conmonj.streaming;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds what ARCHITECTURE.md says of this module. */
class ArchitectureTest {
  private static final String ROOT = "io.conmonj.streaming";

  private static final JavaClasses STREAMING =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void streamingNeedsNothingButNettyAndTheJdkSoThatOthersCanEmbedIt() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + "..", "io.netty..", "java..", "javax.net.ssl..", "org.slf4j..")
        .check(STREAMING);
  }

  @Test
  void noPackagesUseEachOther() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(STREAMING);
  }
}
