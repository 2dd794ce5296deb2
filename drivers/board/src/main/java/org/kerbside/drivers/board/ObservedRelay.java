package org.kerbside.drivers.board;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A relay with a contact that shows what it does: that is what is told of it. */
final class ObservedRelay implements OutputDevice {

  private final RelayDevice relay;
  private final ContactDevice contact;

  /**
   * @param contact of the same point; on when the relay is
   */
  ObservedRelay(RelayDevice relay, ContactDevice contact) {
    this.relay = relay;
    this.contact = contact;
  }

  @Override
  public String address() {
    return relay.address();
  }

  @Override
  public String point() {
    return relay.point();
  }

  @Override
  public void open(Pins pins, long now) throws Unavailable {
    relay.open(pins, now);
    contact.open(pins, now);
  }

  /** The relay stays as it is. */
  @Override
  public void listen(Pins pins, long now) throws Unavailable {
    contact.open(pins, now);
  }

  @Override
  public void hears(Level level, long at) {
    contact.hears(level, at);
  }

  @Override
  public boolean look(long now) throws Unavailable {
    return contact.look(now);
  }

  @Override
  public void refuse(Value value) throws Refused {
    relay.refuse(value);
  }

  @Override
  public void wants(Value value) {
    relay.wants(value);
  }

  @Override
  public boolean turns(long now) throws Unavailable {
    relay.turns(now); // News is what comes back.
    return contact.turns(now);
  }

  @Override
  public long due() {
    return Math.min(relay.due(), contact.due());
  }

  @Override
  public List<Sample> says(long now) {
    var samples = new ArrayList<Sample>();
    contact.says(now).forEach(seen -> samples.add(relay.isNumber() ? number(seen) : seen));
    samples.addAll(relay.counts());
    return samples;
  }

  private static Sample number(Sample seen) {
    return seen.value() instanceof Value.Flag(var on)
        ? new Sample(
            seen.quantity(), new Value.Num(on ? 1 : 0), Unit.RATIO, seen.quality(), seen.at())
        : seen;
  }

  @Override
  public void end() throws Unavailable {
    relay.end();
  }
}
