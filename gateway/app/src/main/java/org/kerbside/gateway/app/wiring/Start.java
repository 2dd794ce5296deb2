package org.kerbside.gateway.app.wiring;

import org.kerbside.config.Mistakes;

/** What a start found to run. */
sealed interface Start {

  /** A site without mistakes. */
  record Runs(Plan plan) implements Start {}

  /** Nothing that is good: the files that should run, and what is wrong with them. */
  record Safe(Plan.Source source, Mistakes mistakes) implements Start {}
}
