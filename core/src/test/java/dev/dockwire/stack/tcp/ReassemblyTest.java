package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReassemblyTest {

  private final Reassembly pieces = new Reassembly();

  @Test
  void joinsWhatTouches() {
    pieces.add(10, 20);
    pieces.add(30, 40);
    pieces.add(20, 30);
    assertThat(pieces.count()).isEqualTo(1);
    assertThat(pieces.start(0)).isEqualTo(10);
    assertThat(pieces.end(0)).isEqualTo(40);
  }

  @Test
  void findsThePieceOfAPosition() {
    pieces.add(10, 20);
    pieces.add(30, 40);
    assertThat(pieces.pieceAt(9)).isEqualTo(-1);
    assertThat(pieces.pieceAt(10)).isZero();
    assertThat(pieces.pieceAt(20)).isEqualTo(-1);
    assertThat(pieces.pieceAt(39)).isEqualTo(1);
    assertThat(pieces.pieceAt(40)).isEqualTo(-1);
  }

  @Test
  void agreesWithASetOfOctets() {
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = new Seed(seed).generator("pieces");
      Reassembly tested = new Reassembly();
      BitSet model = new BitSet();
      for (int i = 0; i < 100; i++) {
        int from = 1 + random.nextInt(500);
        int to = from + 1 + random.nextInt(20);
        tested.add(from, to);
        model.set(from, to);
        if (random.nextInt(10) == 0) {
          model.clear((int) tested.start(0), (int) tested.end(0));
          tested.removeFirst();
        }
        assertAgrees(tested, model);
      }
    }
  }

  private static void assertAgrees(Reassembly tested, BitSet model) {
    BitSet octets = new BitSet();
    long before = -1;
    for (int i = 0; i < tested.count(); i++) {
      assertThat(tested.start(i)).as("apart and in order").isGreaterThan(before);
      before = tested.end(i);
      octets.set((int) tested.start(i), (int) tested.end(i));
    }
    assertThat(octets).isEqualTo(model);
  }

  @Test
  void aFloodOfSingleOctetsIsBounded() {
    ReceiveBuffer buffer = new ReceiveBuffer(6 << 20);
    byte[] octet = {42};
    int taken = 0;
    for (int i = 1; i < 1_000_000; i++) {
      taken += buffer.insert(2L * i, octet, 0, 1) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(4096);
    assertThat(buffer.pieces().count()).isEqualTo(4096);
    assertThat(buffer.capacity()).isLessThanOrEqualTo(16_384);
    assertThat(buffer.insert(0, new byte[9000], 0, 9000)).as("in its turn").isTrue();
    assertThat(buffer.hasGap()).isFalse();
    assertThat(buffer.available()).isEqualTo(9000);
  }
}
