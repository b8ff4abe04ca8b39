package io.conmonj.it.kube;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the node, which JUnit closes when all tests have ended. */
final class NodeOfTheRun implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(NodeOfTheRun.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KubeNode.class;
  }

  @Override
  public KubeNode resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(KubeNode.class, type -> start(), KubeNode.class);
  }

  private static KubeNode start() {
    try {
      return KubeNode.start();
    } catch (Exception e) {
      throw new ParameterResolutionException("the node does not start", e);
    }
  }
}
