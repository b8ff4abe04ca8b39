package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NamespaceTest {
  @TempDir Path dir;

  @BeforeEach
  void needsRoot() {
    assumeTrue(ThisProcess.effectiveUser() == 0, "entering and making namespaces needs root");
  }

  @ParameterizedTest
  @EnumSource(Namespace.Kind.class)
  void theWorkIsInTheNewNamespaceAndTheCallerIsNot(Namespace.Kind kind) throws Exception {
    String ours = identity(kind);
    assertThat(Namespace.callInNew(kind, () -> identity(kind)).get()).isNotEqualTo(ours);
    assertThat(identity(kind)).isEqualTo(ours);
  }

  @ParameterizedTest
  @EnumSource(
      value = Namespace.Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "MOUNT") // the pin of a mount namespace must not be seen inside it
  void aPinnedNamespaceCanBeEnteredAgain(Namespace.Kind kind) throws Exception {
    String pin = dir.resolve("pin").toString();
    String made = Namespace.callInNew(kind, () -> pinned(kind, pin)).get();
    try (Fd namespace = OpenFile.forReading(pin)) {
      assertThat(Namespace.callIn(kind, namespace, () -> identity(kind)).get()).isEqualTo(made);
    } finally {
      Namespace.unpin(pin);
    }
    assertThat(Path.of(pin)).doesNotExist();
  }

  private static String pinned(Namespace.Kind kind, String pin) throws Exception {
    Namespace.pin(kind.ofThisThread(), pin);
    return identity(kind);
  }

  @Test
  void aMountNamespaceIsEnteredByADescriptor() throws Exception {
    try (Fd ours = OpenFile.forReading(Namespace.Kind.MOUNT.ofThisThread())) {
      assertThat(
              Namespace.callIn(Namespace.Kind.MOUNT, ours, () -> identity(Namespace.Kind.MOUNT))
                  .get())
          .isEqualTo(identity(Namespace.Kind.MOUNT));
    }
  }

  @Test
  void aSocketMadeInsideStaysInsideWhereverItIsUsed() throws Exception {
    try (ServerSocketChannel outside = Loopback.listen()) {
      int port = Loopback.port(outside);
      try (Fd ours = TcpSocket.openIpv4();
          Fd theirs = Namespace.callInNew(Namespace.Kind.NETWORK, TcpSocket::openIpv4).get()) {
        assertThat(Loopback.connect(ours, port)).isIn(0, Loopback.EINPROGRESS);
        // a new network namespace has its loopback device down
        assertThat(Loopback.connect(theirs, port)).isEqualTo(Loopback.ENETUNREACH);
      }
    }
  }

  @Test
  void aNamespaceOfAnotherKindIsRefused() throws Exception {
    try (Fd uts = OpenFile.forReading("/proc/self/ns/uts")) {
      assertThatThrownBy(() -> Namespace.callIn(Namespace.Kind.NETWORK, uts, () -> "never").get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(KernelException.class)
          .hasMessage("setns net: EINVAL (Invalid argument)");
    }
  }

  @Test
  void thatThereIsNoThreadIsToldAsAnyOtherFailure() {
    assertThatThrownBy(
            () ->
                Namespace.start(
                        body -> {
                          throw new OutOfMemoryError("unable to create native thread");
                        },
                        () -> {},
                        () -> "never")
                    .get())
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unable to create native thread");
  }

  @Test
  void aFailureOfTheWorkIsItsOwn() {
    assertThatThrownBy(
            () ->
                Namespace.callInNew(
                        Namespace.Kind.UTS,
                        () -> {
                          throw new IllegalStateException("mine");
                        })
                    .get())
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
  }

  @Test
  void aFailedPinLeavesNoFile() {
    String pin = dir.resolve("pin").toString();
    assertThatThrownBy(() -> Namespace.pin("/no/such", pin)).hasMessageContaining("ENOENT");
    assertThat(Path.of(pin)).doesNotExist();
  }

  private static String identity(Namespace.Kind kind) throws Exception {
    return Files.readSymbolicLink(Path.of(kind.ofThisThread())).toString();
  }
}
