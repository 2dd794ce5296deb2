/** The load driver: real brokers, the real gateway, and figures that the kernel tells. */
@NullMarked
package org.kerbside.gateway.bench;

import org.jspecify.annotations.NullMarked;
