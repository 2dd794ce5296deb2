package org.kerbside.drivers.camel;

import org.kerbside.config.Device;
import org.kerbside.drivers.picks.JsonReader.Aim;

/**
 * A device, and what of its messages is meant for its points.
 *
 * @param aim of no meaning for SenML
 */
record Whose(Device device, Aim aim) {}
