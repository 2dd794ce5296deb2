package org.kerbside.gateway.model;

/** Who is told how commands get on. Called by control and the writer: must return at once. */
public interface ProgressListener {

  void progress(String command, Progress progress);

  /** Called after the outcome is durable. */
  void ended(Event.Result result);
}
