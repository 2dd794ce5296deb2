package org.kerbside.drivers.coap;

import org.jspecify.annotations.Nullable;

/** By what both sides of a handshake may prove who they are; one of the two at least. */
record Proofs(@Nullable Keys keys, @Nullable Certificates certificates) {}
