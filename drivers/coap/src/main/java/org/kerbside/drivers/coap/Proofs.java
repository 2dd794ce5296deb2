package org.kerbside.drivers.coap;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * By what both sides of a handshake may prove who they are; one of the two at least.
 *
 * @param certificates as they lay in their folder when the bus was opened
 * @param folder where they may be renewed meanwhile
 */
record Proofs(@Nullable Keys keys, @Nullable Certificates certificates, Path folder) {}
