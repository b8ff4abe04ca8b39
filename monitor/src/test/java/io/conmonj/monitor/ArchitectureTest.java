package io.conmonj.monitor;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.EventLoop;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds what ARCHITECTURE.md says about who may use whom. */
class ArchitectureTest {
  private static final String ROOT = "io.conmonj.monitor.";

  private static final JavaClasses MONITOR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.conmonj.monitor");

  /** For each package of the monitor, the other packages of this project that it may use. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("loop", Set.of("kernel", "epoll")),
          Map.entry("holder", Set.of("loop", "kernel")),
          Map.entry("state", Set.of("holder", "loop", "kernel", "schema")),
          Map.entry("stdio", Set.of("holder", "state", "loop", "kernel", "memory")),
          Map.entry("log", Set.of("stdio", "state", "loop", "kernel")),
          // The runtime's error messages come over the process's own stream.
          Map.entry("oci", Set.of("stdio", "json", "holder", "state", "loop", "kernel")),
          Map.entry(
              "container",
              Set.of(
                  "stdio", "log", "oci", "observe", "holder", "state", "loop", "kernel", "schema",
                  "memory")),
          Map.entry(
              "session",
              Set.of(
                  "streaming",
                  "container",
                  "namespace",
                  "stdio",
                  "oci",
                  "holder",
                  "state",
                  "loop",
                  "kernel",
                  "memory")),
          Map.entry(
              "attach",
              Set.of(
                  "streaming",
                  "container",
                  "stdio",
                  "observe",
                  "holder",
                  "state",
                  "schema",
                  "loop",
                  "kernel",
                  "memory")),
          Map.entry(
              "control",
              Set.of(
                  "sleep",
                  "upgrade",
                  "attach",
                  "session",
                  "streaming",
                  "memory",
                  "container",
                  "fdsocket",
                  "log",
                  "namespace",
                  "oci",
                  "stdio",
                  "observe",
                  "holder",
                  "state",
                  "loop",
                  "kernel",
                  "schema",
                  "rpc",
                  "version")),
          Map.entry("fdsocket", Set.of("holder", "state", "schema", "loop", "kernel")),
          Map.entry("namespace", Set.of("oci", "holder", "state", "schema", "loop", "kernel")),
          Map.entry("sleep", Set.of("holder", "state", "loop", "schema")),
          Map.entry("upgrade", Set.of("holder", "loop", "kernel")),
          Map.entry("json", Set.of()),
          Map.entry("version", Set.of()),
          Map.entry("observe", Set.of()),
          Map.entry("journal", Set.of("kernel")),
          Map.entry(
              "daemon",
              Set.of(
                  "holder", "state", "sleep", "upgrade", "loop", "kernel", "journal", "version")),
          Map.entry(
              "rehearsal",
              Set.of(
                  "session",
                  "streaming",
                  "stdio",
                  "memory",
                  "loop",
                  "kernel",
                  "journal",
                  "rpc",
                  "schema")),
          Map.entry(
              "pod",
              Set.of(
                  "rehearsal",
                  "schema",
                  "sleep",
                  "upgrade",
                  "memory",
                  "daemon",
                  "control",
                  "attach",
                  "session",
                  "streaming",
                  "container",
                  "fdsocket",
                  "log",
                  "namespace",
                  "observe",
                  "oci",
                  "stdio",
                  "holder",
                  "state",
                  "loop",
                  "kernel",
                  "rpc",
                  "journal",
                  "version")),
          Map.entry(
              "cli",
              Set.of(
                  "pod",
                  "daemon",
                  "streaming",
                  "container",
                  "log",
                  "namespace",
                  "oci",
                  "observe",
                  "journal",
                  "json",
                  "version")));

  /** Each class with those nested in it is a slice of its own. */
  private static final SliceAssignment CLASSES_OF_CONTAINERS =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass item) {
          String name = item.getName();
          int nested = name.indexOf('$');
          return item.getPackageName().equals(ROOT + "container")
              ? SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested))
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "classes of package container";
        }
      };

  @Test
  void everyPackageUsesOnlyWhatItMay() {
    classes().should(useOnlyWhatTheirPackageMay()).check(MONITOR);
  }

  @Test
  void noPackagesUseEachOther() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MONITOR);
  }

  @Test
  void noClassesOfContainersUseEachOther() {
    slices().assignedFrom(CLASSES_OF_CONTAINERS).should().beFreeOfCycles().check(MONITOR);
  }

  @Test
  void noProcessIsStartedPastTheOneWayThatKeepsItsPipes() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ProcessBuilder.class.getName())
        .check(MONITOR);
  }

  /** Each has the names of its descriptors in WakeCause, and WokenByTest wakes a monitor by it. */
  @Test
  void whoeverMayEndASleepIsKnown() {
    Set<String> depositing = new TreeSet<>();
    for (JavaClass each : MONITOR) {
      boolean wakes =
          each.getFieldAccessesFromSelf().stream()
              .filter(access -> access.getTargetOwner().isEquivalentTo(WakeRule.class))
              .anyMatch(access -> !access.getName().equals(WakeRule.NEVER.name()));
      if (wakes && !each.getPackageName().equals(ROOT + "holder")) {
        depositing.add(each.getSimpleName());
      }
    }
    assertThat(depositing)
        .containsExactlyInAnyOrder(
            "AttachSocket",
            "Callers",
            "Daemon",
            "FdListener",
            "HandOver",
            "KeptListening",
            "MetricsPort",
            "MovingClients",
            "OnTerminal",
            "OrphanProcess",
            "ProcessStreams");
  }

  /** A task or a timer that there is no memory for would be missed, and be waited for for ever. */
  @Test
  void whatIsOwedToContainersAndClientsIsADuty() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "loop")
        .should()
        .callMethodWhere(target(owner(type(EventLoop.class))).and(target(name("schedule"))))
        .orShould()
        .callMethodWhere(target(owner(type(EventLoop.class))).and(target(name("execute"))))
        .check(MONITOR);
  }

  @Test
  void nativeCodeIsCalledByTheKernelModuleOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.kenai.jffi..", "jnr..", "java.lang.foreign..")
        .check(MONITOR);
  }

  private static ArchCondition<JavaClass> useOnlyWhatTheirPackageMay() {
    return new ArchCondition<>("use only what their package may") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        String own = packageOf(item.getPackageName());
        Set<String> allowed = MAY_USE.get(own);
        if (allowed == null) {
          events.add(SimpleConditionEvent.violated(item, own + " is missing in this test's table"));
          return;
        }
        for (String used : usedBy(item)) {
          if (!used.equals(own) && !allowed.contains(used)) {
            events.add(
                SimpleConditionEvent.violated(item, item.getName() + " uses package " + used));
          }
        }
      }
    };
  }

  private static Set<String> usedBy(JavaClass item) {
    Set<String> used = new TreeSet<>();
    item.getDirectDependenciesFromSelf()
        .forEach(
            dependency -> {
              String name = dependency.getTargetClass().getPackageName();
              if (name.startsWith("io.conmonj.")) {
                used.add(packageOf(name));
              }
            });
    return used;
  }

  /** {@code stdio} of io.conmonj.monitor.stdio, {@code kernel} of io.conmonj.kernel. */
  private static String packageOf(String name) {
    // Accounts of memory are used far below the streaming server, of which they are a part.
    if (name.equals("io.conmonj.streaming.memory")) {
      return "memory";
    }
    String rest =
        name.startsWith(ROOT)
            ? name.substring(ROOT.length())
            : name.substring("io.conmonj.".length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
