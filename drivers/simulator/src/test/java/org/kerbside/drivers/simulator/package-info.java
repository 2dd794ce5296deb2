/** Tests of the simulated street. */
@NullMarked
package org.kerbside.drivers.simulator;

import org.jspecify.annotations.NullMarked;
