package org.kerbside.gateway.assets;

import java.util.List;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Reading;

/**
 * What one turn of derivation made.
 *
 * @param readings what devices said, and behind each what follows from it
 * @param events facts that no rule judges: a counter was reset, pulses bounced
 */
public record Derived(List<Reading> readings, List<Event.Health> events) {}
