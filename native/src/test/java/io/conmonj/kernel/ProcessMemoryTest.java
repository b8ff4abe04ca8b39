package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 1024;
  private static final long MOST = (long) PIECE * PIECES / 2;

  /** Freed pieces between those that stay are no end of the heap that malloc would give back. */
  @Test
  void whatIsFreedInTheMiddleOfTheHeapIsGivenBack() throws Exception {
    long before = ProcessMemory.anonymous();
    byte[] written = new byte[PIECE];
    Arrays.fill(written, (byte) 1);
    List<Memory> freed = new ArrayList<>(PIECES);
    List<Memory> kept = new ArrayList<>(PIECES);
    for (int i = 0; i < PIECES; i++) {
      Memory piece = Memory.allocate(PIECE);
      piece.putBytes(0, written, 0, PIECE);
      freed.add(piece);
      kept.add(Memory.allocate(1));
    }
    // Where the small ones found room elsewhere, malloc gives the others back as they are freed.
    long most = ProcessMemory.anonymous();
    assertThat(most).isGreaterThan(before + MOST);
    freed.forEach(Memory::close);
    ProcessMemory.trim();
    // Half of the pieces: a page that has one of those that stay is kept, and others allocate too.
    assertThat(ProcessMemory.anonymous()).isLessThan(most - MOST);
    kept.forEach(Memory::close);
  }
}
