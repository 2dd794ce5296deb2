/** Everything that a driver author must read: ports, samples, deliveries, device errors. */
@NullMarked
package org.kerbside.drivers.api;

import org.jspecify.annotations.NullMarked;
