package org.kerbside.gateway.bench;

/** Who may stand between the two brokers. */
enum Who {
  KERBSIDE,
  /** A third mosquitto with a connection to each broker; keeps nothing on disk. */
  BRIDGE,
  /** A flow that stores, publishes and forgets about a hundred messages at a time. */
  NODE_RED_BATCHING,
  /** A flow that stores, publishes and forgets each message. */
  NODE_RED_EACH;

  /** As tables call it. */
  String shown() {
    return switch (this) {
      case KERBSIDE -> "Kerbside";
      case BRIDGE -> "mosquitto bridge, stores nothing";
      case NODE_RED_BATCHING -> "Node-RED, batching";
      case NODE_RED_EACH -> "Node-RED, committing each";
    };
  }
}
