package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code kerbside rules test} was asked for.
 *
 * @param files tests, and folders that hold some
 */
public record TestOptions(List<Path> files, Format format) {

  public TestOptions {
    files = List.copyOf(files);
  }
}
