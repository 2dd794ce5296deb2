package org.kerbside.gateway.uplink;

/** Whose word frees a frame. */
enum Release {
  /** The broker's PUBACK. */
  BROKER,
  /** The platform's watermark on {@code ack}. */
  PLATFORM;

  /**
   * @param word as the site writes it and {@code state} tells it
   */
  static Release of(String word) {
    return switch (word) {
      case "broker" -> BROKER;
      case "platform" -> PLATFORM;
      default ->
          throw new IllegalArgumentException(
              "uplink: nothing is called ack '%s': expected broker or platform".formatted(word));
    };
  }
}
