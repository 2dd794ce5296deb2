package org.kerbside.gateway.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * A damaged journal that was moved out of the way, and that the city has not been told of yet.
 *
 * @param file where it lies now
 * @param salvaged what was taken over from it, for people
 */
public record SetAside(Path file, List<String> salvaged) {

  public SetAside {
    salvaged = List.copyOf(salvaged);
  }
}
