/** The way to the city: frames as bytes by the MQTT contract, and the client that carries them. */
@NullMarked
package org.kerbside.gateway.uplink;

import org.jspecify.annotations.NullMarked;
