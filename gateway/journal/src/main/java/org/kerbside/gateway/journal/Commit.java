package org.kerbside.gateway.journal;

/** How a commit ended. */
public sealed interface Commit {

  /**
   * It is on the disk and synced. What an entry did not bring is an empty span.
   *
   * @param readings the seqs of its reading frames
   * @param events the seqs of its event frames
   */
  record Kept(Span readings, Span events) implements Commit {}

  /**
   * Nothing of it is kept, and nobody may be told that it is. The next commit tries anew.
   *
   * @param reason for people
   */
  record Refused(String reason) implements Commit {}

  /** Seqs from the first to the last; empty when the last lies before the first. */
  record Span(long first, long last) {

    public long count() {
      return last - first + 1;
    }
  }
}
