package org.kerbside.gateway.journal;

/** What a look for something to give up found. */
sealed interface Way {

  /** This would go; its frames are claimed. */
  record Down(Step step) implements Way {}

  /** Nothing here, and more to look at. */
  record On() implements Way {}

  /** Nothing is left. */
  record End() implements Way {}
}
