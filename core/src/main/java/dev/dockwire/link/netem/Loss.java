package dev.dockwire.link.netem;

/** Which frames are lost. */
public sealed interface Loss {

  Loss NONE = new Random(Chance.NEVER);

  /** Each by chance. */
  record Random(Chance chance) implements Loss {}

  /**
   * In bursts: the Gilbert-Elliott model of a link that is now good, now bad.
   *
   * @param toBad the probability that a good link turns bad with the next frame, p
   * @param toGood that a bad one turns good, r
   * @param lossWhileBad of a frame while it is bad, 1-h
   * @param lossWhileGood of a frame while it is good, 1-k
   */
  record GilbertElliott(double toBad, double toGood, double lossWhileBad, double lossWhileGood)
      implements Loss {}

  /**
   * In bursts, with single losses between them: a Markov chain of four states, in which a gap is
   * left for a burst and comes back after it. Named as netem numbers the states: 1 received in a
   * gap, 2 received in a burst, 3 lost in a burst, 4 lost in a gap.
   */
  record FourStates(double p13, double p31, double p32, double p23, double p14) implements Loss {}
}
