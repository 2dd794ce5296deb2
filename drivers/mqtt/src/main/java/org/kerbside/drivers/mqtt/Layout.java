package org.kerbside.drivers.mqtt;

import org.kerbside.drivers.picks.JsonLayout;
import org.kerbside.drivers.picks.Pick;

/** What stands in a payload. */
sealed interface Layout {

  /** One SenML pack. */
  record Senml() implements Layout {}

  /** Values in a JSON object. */
  record Json(JsonLayout values) implements Layout {}

  /** One bare number or word. */
  record Plain(Pick pick) implements Layout {}
}
