package dev.dockwire.link.netem;

import java.util.random.RandomGenerator;

/**
 * Decides for each frame in turn whether it is lost, and remembers the state of the {@link Loss}.
 */
final class LossProcess {

  private enum State {
    GAP,
    LOST_IN_GAP,
    BURST,
    LOST_IN_BURST
  }

  private final RandomGenerator random;
  private final CorrelatedDraw draw;
  private Loss loss = Loss.NONE;
  private State state = State.GAP;

  LossProcess(RandomGenerator random) {
    this.random = random;
    this.draw = new CorrelatedDraw(random);
  }

  /** Starts a new model, in its good state. */
  void start(Loss newLoss) {
    loss = newLoss;
    state = State.GAP;
  }

  boolean isNextLost() {
    return switch (loss) {
      case Loss.Random simple -> draw.happens(simple.chance());
      case Loss.GilbertElliott model -> isNextLost(model);
      case Loss.FourStates model -> isNextLost(model);
    };
  }

  /** A frame meets the link as it is; then the link may turn. */
  private boolean isNextLost(Loss.GilbertElliott model) {
    boolean bad = state == State.BURST;
    boolean turns = random.nextDouble() < (bad ? model.toGood() : model.toBad());
    if (turns) {
      state = bad ? State.GAP : State.BURST;
    }
    return random.nextDouble() < (bad ? model.lossWhileBad() : model.lossWhileGood());
  }

  private boolean isNextLost(Loss.FourStates model) {
    double turn = random.nextDouble();
    state =
        switch (state) {
          case GAP -> afterGap(model, turn);
          case LOST_IN_GAP -> State.GAP;
          case BURST -> turn < model.p23() ? State.LOST_IN_BURST : State.BURST;
          case LOST_IN_BURST -> afterLossInBurst(model, turn);
        };
    return state == State.LOST_IN_GAP || state == State.LOST_IN_BURST;
  }

  private static State afterGap(Loss.FourStates model, double turn) {
    if (turn < model.p14()) {
      return State.LOST_IN_GAP;
    }
    return turn < model.p14() + model.p13() ? State.LOST_IN_BURST : State.GAP;
  }

  private static State afterLossInBurst(Loss.FourStates model, double turn) {
    if (turn < model.p32()) {
      return State.BURST;
    }
    return turn < model.p32() + model.p31() ? State.GAP : State.LOST_IN_BURST;
  }
}
