package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command has done by the house without the running service. A site that is not named is the
 * one that the data folder's current revision was read from.
 */
public sealed interface Work {

  /**
   * Prints the site, written out.
   *
   * @param asset only this one; absent: all of it
   * @param diff says only how the files are another than this revision; absent: prints them
   */
  record Show(
      @Nullable Path site,
      Path data,
      @Nullable String asset,
      Depth depth,
      @Nullable Long diff,
      Format format)
      implements Work {

    /** How much is said of a word. */
    public enum Depth {
      /** As it is written. */
      WRITTEN,
      /** Also where it comes from, and what holds where nothing is written. */
      RESOLVED
    }
  }

  /** Prints what stands in the journal. */
  record JournalBrief(Path data, Format format) implements Work {}

  /** Looks at every row of the journal. */
  record JournalVerify(Path data, Format format) implements Work {}

  /**
   * Tries what a gateway needs, one thing after another.
   *
   * @param only these; empty: all
   */
  record Doctor(@Nullable Path site, Path data, List<String> only, Format format) implements Work {
    public Doctor {
      only = List.copyOf(only);
    }
  }

  /**
   * Writes configuration, what was learned, and what is remembered, to a file.
   *
   * @param phrase locks up the secrets in it; absent: none are in it
   */
  record Backup(Path data, @Nullable Path to, @Nullable PassPhrase phrase) implements Work {}

  /**
   * Puts a backup into a data folder where nothing runs.
   *
   * @param phrase opens the secrets in it; absent: they stay in it
   */
  record Restore(Path data, Path file, @Nullable PassPhrase phrase) implements Work {}

  /**
   * Erases all that a gateway which does not run knows.
   *
   * @param configuration the folder of the site's files and secrets, likewise; absent: they stay
   */
  record FactoryReset(Path data, @Nullable Path configuration) implements Work {}

  /** Writes what somebody far away needs to help, and no secret. */
  record Bundle(@Nullable Path site, Path data, @Nullable Path to, Extent extent) implements Work {

    /** Whether it is made, or only said what would be in it. */
    public enum Extent {
      WHOLE,
      PREVIEW
    }
  }

  /**
   * Prints the label for the cabinet's door.
   *
   * @param key holds the access point's password; absent: the site's
   * @param network the access point's name; empty: the site's
   * @param address where phones there find the page; empty: the site's
   */
  record Label(@Nullable Path site, Path data, @Nullable Path key, String network, String address)
      implements Work {}

  /** Prints whose the gateway's certificate is, and until when. */
  record Identity(Path data, Format format) implements Work {}

  /**
   * Prints the request for a certificate.
   *
   * @param id the gateway's; null: the site's
   */
  record IdentityRequest(@Nullable Path site, Path data, @Nullable String id) implements Work {}

  /**
   * Puts a certificate into use.
   *
   * @param authority whom the broker's must come from; null: the one that is there goes on
   * @param id whose it has to be; null: the site's, or the request's
   */
  record IdentityAccept(
      @Nullable Path site, Path data, Path chain, @Nullable Path authority, @Nullable String id)
      implements Work {}

  /** Prints a JSON Schema. */
  record Schema(String name) implements Work {}
}
