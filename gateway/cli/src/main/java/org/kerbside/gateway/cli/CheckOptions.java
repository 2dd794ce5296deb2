package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kerbside check} was asked for.
 *
 * @param as where the only file is to be thought of: its includes start there, its mistakes name it
 */
public record CheckOptions(
    List<Path> files,
    Strictness strictness,
    Format format,
    @Nullable Path as,
    List<Setting> settings) {

  public CheckOptions {
    files = List.copyOf(files);
    settings = List.copyOf(settings);
  }
}
