package org.kerbside.gateway.journal;

import java.nio.file.Path;

/**
 * A damaged journal that was moved out of the way, and that the city has not been told of yet.
 *
 * @param file where it lies now; it is never deleted
 */
public record SetAside(Path file) {}
