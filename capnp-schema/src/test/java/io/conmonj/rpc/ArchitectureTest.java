package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the order in which this package is read: each class uses only those that come before. */
class ArchitectureTest {

  /** Classes that stand in one line belong together and may use each other. */
  private static final List<Set<Class<?>>> READING_ORDER =
      List.of(
          // Numbers and failures.
          Set.of(RpcLimits.class),
          Set.of(FaultKind.class),
          Set.of(RpcException.class),
          Set.of(ProtocolException.class),
          // Messages and what lies in them.
          Set.of(MessageDecoder.class),
          Set.of(AnyStruct.class),
          Set.of(CapabilityPointer.class),
          Set.of(PointerPath.class),
          Set.of(PointerSlot.class),
          Set.of(ForeignData.class),
          Set.of(OutgoingMessage.class),
          Set.of(Outbound.class),
          // Objects of the other side, and of this one.
          Set.of(Capability.class),
          Set.of(ParamCapabilities.class),
          Set.of(CallEnd.class),
          Set.of(CallHandler.class, IncomingCall.class),
          Set.of(ExportTable.class),
          Set.of(PayloadWriter.class),
          // Serving calls.
          Set.of(RunningCalls.class),
          Set.of(Answer.class, ServedCall.class),
          Set.of(CallTable.class),
          // Making calls.
          Set.of(PendingCall.class),
          Set.of(QuestionTable.class),
          Set.of(OutgoingCall.class),
          // Both over one connection.
          Set.of(RpcConnection.class),
          Set.of(RpcHandler.class));

  private static final JavaClasses RPC =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackagesOf(RpcConnection.class);

  @Test
  void eachClassUsesOnlyThoseThatComeBeforeItInTheReadingOrder() {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < READING_ORDER.size(); i++) {
      for (Class<?> each : READING_ORDER.get(i)) {
        places.put(each.getName(), i);
      }
    }
    List<String> missing = new ArrayList<>();
    List<String> backwards = new ArrayList<>();
    for (JavaClass each : RPC) {
      String user = topLevel(each);
      if (!user.startsWith("io.conmonj.rpc.") || user.endsWith("package-info")) {
        continue;
      }
      Integer place = places.get(user);
      if (place == null) {
        missing.add(user);
        continue;
      }
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        Integer used = places.get(topLevel(dependency.getTargetClass()));
        if (used != null && used > place) {
          backwards.add(dependency.getDescription());
        }
      }
    }
    assertThat(missing).as("classes without a place in the reading order").isEmpty();
    assertThat(backwards).as("uses of what comes later").isEmpty();
  }

  @Test
  void thePackageKnowsNoInterfaceThatIsServedOverIt() {
    assertThat(RPC.stream().flatMap(each -> each.getDirectDependenciesFromSelf().stream()))
        .extracting(dependency -> topLevel(dependency.getTargetClass()))
        .filteredOn(name -> name.startsWith("io.conmonj.") && !name.startsWith("io.conmonj.rpc."))
        .containsOnly("io.conmonj.schema.Rpc");
  }

  private static String topLevel(JavaClass nested) {
    String name = nested.getBaseComponentType().getName();
    int dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }
}
