package org.kerbside.gateway.model;

/** Whether what the city commands must be signed. */
public enum Signed {
  /** What is not signed counts as well; what is signed wrongly does not. */
  OPTIONAL,
  REQUIRED
}
