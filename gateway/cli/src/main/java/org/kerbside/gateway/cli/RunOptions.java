package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code kerbside run} was asked for.
 *
 * @param data the folder of journal and control socket; need not exist yet
 */
public record RunOptions(Path site, Path data, PageDoor page, List<Setting> settings) {

  public RunOptions {
    settings = List.copyOf(settings);
  }
}
