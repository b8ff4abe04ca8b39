package io.conmonj.monitor.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.ExecOptions;
import io.conmonj.streaming.TerminalSize;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.capnproto.MessageBuilder;
import org.capnproto.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecFieldsTest {
  @Test
  void whatIsNotSaidIsAsTheContainerHasIt() throws Exception {
    assertThat(read(request -> {})).isEqualTo(ExecOptions.NONE);
  }

  @Test
  void allThatIsSaidIsRead() throws Exception {
    ExecOptions options =
        read(
            request -> {
              environment(request, "A=b c,d", "EMPTY=", "EQUALS==x");
              request.setWorkingDirectory("/tmp");
              request.setUser("0:2147483647");
              var groups = request.initAdditionalGroups(2);
              groups.set(0, 7);
              groups.set(1, Integer.MAX_VALUE);
              request.setColumns(65535);
              request.setRows(1);
              request.setDetachKeys("ctrl-p,ctrl-q");
            });
    assertThat(options.environment()).containsExactly("A=b c,d", "EMPTY=", "EQUALS==x");
    assertThat(options.workingDirectory()).contains("/tmp");
    assertThat(options.user()).contains("0:2147483647");
    assertThat(options.additionalGroups()).containsExactly(7, Integer.MAX_VALUE);
    assertThat(options.size()).isEqualTo(Optional.of(new TerminalSize(65535, 1)));
    assertThat(options.detachKeys().orElseThrow().length()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NAME", "=value", "="})
  void aVariableWithoutANameOrAnEqualsSignIsRefused(String variable) {
    assertThatThrownBy(() -> read(request -> environment(request, "A=b", variable)))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("environment variable '%s' is not NAME=value", variable);
  }

  @Test
  void aNulIsRefusedWhereverItIs() {
    for (Consumer<Conmonj.ServeExecRequest.Builder> change :
        List.<Consumer<Conmonj.ServeExecRequest.Builder>>of(
            request -> environment(request, "/a\0b=c"),
            request -> request.setWorkingDirectory("/a\0b=c"))) {
      assertThatThrownBy(() -> read(change))
          .isInstanceOf(BadRequestException.class)
          .hasMessage("'/a?b=c' contains a NUL");
    }
    assertThatThrownBy(() -> read(request -> request.setUser("1\0")))
        .hasMessageContaining("user '1?' is not uid or uid:gid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp", "./tmp", "~"})
  void aWorkingDirectoryThatDependsOnAnotherIsRefused(String directory) {
    assertThatThrownBy(() -> read(request -> request.setWorkingDirectory(directory)))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("working directory '%s' is not an absolute path", directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root",
        "root:root",
        "1:",
        ":1",
        ":",
        "1:2:3",
        "-1",
        "+1",
        " 1",
        "0x1",
        "2147483648",
        "1:2147483648",
        "99999999999999999999",
        "٣"
      })
  void aUserThatIsNoNumberIsRefused(String user) {
    assertThatThrownBy(() -> read(request -> request.setUser(user)))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("user '%s' is not uid or uid:gid, in numbers up to 2147483647", user);
  }

  @Test
  void aGroupThatTheRuntimeDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> read(request -> request.initAdditionalGroups(1).set(0, -1)))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("group 4294967295 is larger than 2147483647");
  }

  @Test
  void halfATerminalSizeIsRefused() {
    assertThatThrownBy(() -> read(request -> request.setRows(24)))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("terminal size 0x24: both must be 1 to 65535");
  }

  @Test
  void keysThatAreNoneAreRefused() {
    assertThatThrownBy(() -> read(request -> request.setDetachKeys("ctrl-p;ctrl-q")))
        .isInstanceOf(BadRequestException.class)
        .hasMessageStartingWith("detach keys 'ctrl-p;ctrl-q': ");
  }

  private static void environment(Conmonj.ServeExecRequest.Builder request, String... variables) {
    var list = request.initEnv(variables.length);
    for (int i = 0; i < variables.length; i++) {
      list.set(i, new Text.Reader(variables[i]));
    }
  }

  private static ExecOptions read(Consumer<Conmonj.ServeExecRequest.Builder> change)
      throws BadRequestException {
    var request = new MessageBuilder().initRoot(Conmonj.ServeExecRequest.factory);
    change.accept(request);
    return ExecFields.options(request.asReader());
  }
}
