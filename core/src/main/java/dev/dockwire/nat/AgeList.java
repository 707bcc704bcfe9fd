package dev.dockwire.nat;

/**
 * The flows of one {@link FlowAge}, the longest silent first. Because all of them are kept equally
 * long, that is also the order in which they expire.
 */
final class AgeList {

  private Flow oldest;
  private Flow newest;

  Flow oldest() {
    return oldest;
  }

  void add(Flow flow) {
    flow.older = newest;
    if (newest == null) {
      oldest = flow;
    } else {
      newest.newer = flow;
    }
    newest = flow;
  }

  void remove(Flow flow) {
    if (flow.newer == null) {
      newest = flow.older;
    } else {
      flow.newer.older = flow.older;
    }
    if (flow.older == null) {
      oldest = flow.newer;
    } else {
      flow.older.newer = flow.newer;
    }
    flow.older = null;
    flow.newer = null;
  }
}
