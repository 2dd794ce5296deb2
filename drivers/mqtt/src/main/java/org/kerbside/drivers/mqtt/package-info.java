/** MQTT sensors: they publish to a field broker, where our session is kept while we are away. */
@NullMarked
package org.kerbside.drivers.mqtt;

import org.jspecify.annotations.NullMarked;
