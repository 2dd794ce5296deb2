package org.kerbside.drivers.lorawan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.drivers.api.Receipt;

/** A broker in the test's own hand. */
final class HandBus implements MessageBus {

  /** What was published. */
  record Sent(String topic, String payload) {}

  final List<Sent> sent = new ArrayList<>();
  final List<String> filters = new ArrayList<>();
  boolean isAway;
  private Listener listener = (message, sender) -> {};
  private int acknowledged;
  private int refused;

  @Override
  public void open(List<String> wanted, Listener opened) {
    filters.addAll(wanted);
    listener = opened;
  }

  @Override
  public void publish(String topic, byte[] payload) throws Unavailable {
    if (isAway) {
      throw new Unavailable("the broker is away");
    }
    sent.add(new Sent(topic, new String(payload, UTF_8)));
  }

  @Override
  public void close() {}

  void comes(String topic, String payload) throws InterruptedException {
    comes(topic, payload, Age.LIVE);
  }

  void comes(String topic, String payload, Age age) throws InterruptedException {
    listener.take(
        new Message(topic, payload.getBytes(UTF_8), Sending.FIRST, age),
        new Receipt() {
          @Override
          public void kept() {
            acknowledged++;
          }

          @Override
          public void refused(String reason) {
            refused++;
          }
        });
  }

  int acknowledged() {
    return acknowledged;
  }

  int refused() {
    return refused;
  }
}
