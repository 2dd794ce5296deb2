package org.kerbside.gateway.model;

/** What kind of value a point holds, and so which SenML field carries it. */
public enum PointType {
  /** A number: SenML {@code v}. */
  NUM,
  /** A cumulative number that only grows: SenML {@code v}. */
  COUNTER,
  /** True or false: SenML {@code vb}. */
  FLAG,
  /** One word of a closed list: SenML {@code vs}. */
  STATE
}
