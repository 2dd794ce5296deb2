package org.kerbside.gateway.cli;

import java.nio.file.Path;

/**
 * What {@code kerbside replay} was asked for.
 *
 * @param rules what is to be changed, written as in a site
 * @param from a data folder, or a file with lines of time, point and value
 */
public record ReplayOptions(Path site, Path rules, Path from) {}
