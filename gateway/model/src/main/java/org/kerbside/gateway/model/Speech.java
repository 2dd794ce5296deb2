package org.kerbside.gateway.model;

/**
 * Whether the hardware of an asset still speaks: not one of its points, but all of a device of it.
 *
 * @param asset its id, or a bus's
 */
public record Speech(String asset, State state) {

  /** Where nothing is said of it, nobody knows yet. */
  public enum State {
    /** Something of it was heard, and none of its devices is silent. */
    SPEAKS,
    /** One of its devices is silent; of a bus: the bus itself. */
    SILENT
  }
}
