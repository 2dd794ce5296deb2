package org.kerbside.gateway.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that wants to know where the running service keeps its data. */
final class DataFolder {

  private final Places places;

  // What was typed: written by picocli, once.
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The service's data folder; if not given,",
        "/var/lib/kerbside where that exists,",
        "else .kerbside in the working folder."
      })
  private @Nullable Path data;

  DataFolder(Places places) {
    this.places = places;
  }

  Path path() {
    return places.data(data);
  }
}
