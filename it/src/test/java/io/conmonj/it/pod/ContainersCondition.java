package io.conmonj.it.pod;

import io.conmonj.it.bundle.BusyboxBundle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether containers can be run here: by root, with runc and busybox. */
final class ContainersCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = missing();
    if (missing.isEmpty() || System.getenv("CI") != null) {
      return ConditionEvaluationResult.enabled("containers can be run here");
    }
    return ConditionEvaluationResult.disabled(
        "containers need " + String.join(", ", missing) + "; make test installs what is missing");
  }

  private static List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!"root".equals(System.getProperty("user.name"))) {
      missing.add("root");
    }
    if (!Runc.isInstalled()) {
      missing.add("runc");
    }
    if (!BusyboxBundle.canBeMade()) {
      missing.add("busybox (package busybox-static)");
    }
    return missing;
  }
}
