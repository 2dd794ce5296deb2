package org.kerbside.drivers.mqtt;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;

/**
 * How a device model publishes: under which topics, and what stands in its messages.
 *
 * @param presence where it says that it is here; absent where it does not
 * @param outputs by the name of the point that is written
 */
record MqttProfile(
    String name, List<Source> sources, @Nullable Presence presence, Map<String, Output> outputs) {

  /** A topic, and what stands in its messages. */
  record Source(Template topic, Layout layout) {}

  MqttProfile {
    sources = List.copyOf(sources);
    outputs = Map.copyOf(outputs);
  }

  /** A device without a profile speaks SenML at {@code s/{address}}. */
  static final MqttProfile SENML =
      new MqttProfile(
          "senml-mqtt",
          List.of(new Source(new Template("s/" + Template.ADDRESS), new Layout.Senml())),
          null,
          Map.of());

  /** Null when a mistake was told. */
  static @Nullable MqttProfile read(Profile profile, Mistakes mistakes) {
    return new ProfileReader(profile.own(), mistakes).read(profile.name().text());
  }
}
