package org.kerbside.gateway.cli;

/** Whether warnings alone change the exit code. */
public enum Strictness {
  LENIENT,
  /** Warnings only end with {@link Exit#WARNED}. */
  STRICT
}
