package io.conmonj.schemagen;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import org.junit.jupiter.api.Test;

/** Facts of the wire that no edit of a schema may change. */
class LayoutTest {

  @Test
  void theCompatibleInterfaceHasItsIdAndMethodNumbers() {
    assertThat(Conmon.INTERFACE_ID).isEqualTo(0xb737e899dd6633f1L);
    assertThat(Conmon.VERSION).isZero();
    assertThat(Conmon.CREATE_CONTAINER).isEqualTo(1);
    assertThat(Conmon.EXEC_SYNC_CONTAINER).isEqualTo(2);
    assertThat(Conmon.ATTACH_CONTAINER).isEqualTo(3);
    assertThat(Conmon.REOPEN_LOG_CONTAINER).isEqualTo(4);
    assertThat(Conmon.SET_WINDOW_SIZE_CONTAINER).isEqualTo(5);
    assertThat(Conmon.CREATE_NAMESPACES).isEqualTo(6);
    assertThat(Conmon.START_FD_SOCKET).isEqualTo(7);
    assertThat(Conmon.SERVE_EXEC_CONTAINER).isEqualTo(8);
    assertThat(Conmon.SERVE_ATTACH_CONTAINER).isEqualTo(9);
    assertThat(Conmon.SERVE_PORT_FORWARD_CONTAINER).isEqualTo(10);
  }

  @Test
  void requestsOfTheTwoGenerationsDifferByOnePointer() {
    assertThat(Conmon.VersionRequest.factory.structSize().pointers).isEqualTo((short) 1);
    assertThat(Conmon.CreateContainerRequest.factory.structSize().pointers).isEqualTo((short) 12);
    assertThat(Conmon.ExecSyncContainerRequest.factory.structSize().pointers).isEqualTo((short) 4);
    assertThat(Conmon.AttachRequest.factory.structSize().pointers).isEqualTo((short) 4);
    assertThat(Conmon.ReopenLogRequest.factory.structSize().pointers).isEqualTo((short) 2);
    assertThat(Conmon.SetWindowSizeRequest.factory.structSize().pointers).isEqualTo((short) 2);
    assertThat(Conmon.CreateNamespacesRequest.factory.structSize().pointers).isEqualTo((short) 6);

    assertThat(ConmonOld.VersionRequest.factory.structSize().pointers).isEqualTo((short) 2);
    assertThat(ConmonOld.CreateContainerRequest.factory.structSize().pointers)
        .isEqualTo((short) 13);
    assertThat(ConmonOld.ExecSyncContainerRequest.factory.structSize().pointers)
        .isEqualTo((short) 5);
    assertThat(ConmonOld.AttachRequest.factory.structSize().pointers).isEqualTo((short) 5);
    assertThat(ConmonOld.ReopenLogRequest.factory.structSize().pointers).isEqualTo((short) 3);
    assertThat(ConmonOld.SetWindowSizeRequest.factory.structSize().pointers).isEqualTo((short) 3);
    assertThat(ConmonOld.CreateNamespacesRequest.factory.structSize().pointers)
        .isEqualTo((short) 7);
  }
}
