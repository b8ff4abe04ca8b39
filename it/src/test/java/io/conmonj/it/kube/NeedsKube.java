package io.conmonj.it.kube;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * These tests use one Kubernetes node, which begins with the first of them and ends after the last,
 * and is given to their constructors. Its programs take a quarter of an hour to build: {@code make
 * kube} runs them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("kube")
@Timeout(300)
@ExtendWith(NodeOfTheRun.class)
@interface NeedsKube {}
