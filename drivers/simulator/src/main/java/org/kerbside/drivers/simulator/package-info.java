/**
 * A seeded street that behaves like the real one, faults included. Everything but {@link
 * org.kerbside.drivers.simulator.Street} is free of clocks and threads: the same seed,
 * configuration and instants give the same samples.
 */
@NullMarked
package org.kerbside.drivers.simulator;

import org.jspecify.annotations.NullMarked;
