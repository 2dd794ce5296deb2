package org.kerbside.drivers.board;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;

/** A contact, a button or a motion detector: on or off. */
final class ContactDevice implements Attached {

  private final Binding binding;
  private final PinProfile.Input profile;
  private final Consumer<Level> edges;
  private final Contact contact;

  private Pins.@Nullable Input input; // from open on
  private long warm; // it says nothing of use before

  /**
   * Takes nothing yet.
   *
   * @param edges where the line's own thread leaves them
   */
  ContactDevice(Binding binding, PinProfile.Input profile, Consumer<Level> edges, long now) {
    this.binding = binding;
    this.profile = profile;
    this.edges = edges;
    this.contact = new Contact(profile.treatment());
    this.warm = now + profile.warmUp().toNanos();
  }

  @Override
  public String address() {
    return binding.address();
  }

  @Override
  public String point() {
    return binding.point();
  }

  @Override
  public void open(Pins pins, long now) throws Unavailable {
    input = pins.input(binding.line(), profile.pull(), edges);
    contact.hears(input.level(), now);
  }

  @Override
  public void hears(Level level, long at) {
    contact.hears(level, at);
  }

  @Override
  public boolean look(long now) throws Unavailable {
    return input == null || input.level() == contact.raw();
  }

  @Override
  public boolean turns(long now) {
    boolean isNews = contact.settles(now);
    if (now >= warm && warm != Long.MIN_VALUE) {
      warm = Long.MIN_VALUE;
      return true;
    }
    return isNews;
  }

  @Override
  public long due() {
    return warm == Long.MIN_VALUE ? contact.due() : Math.min(warm, contact.due());
  }

  @Override
  public List<Sample> says(long now) {
    if (now < warm) {
      return List.of(Sample.bad(binding.point(), Reason.WARMING_UP));
    }
    var level = contact.level();
    if (level == null) {
      // Never at rest: chatter since the start is told as well.
      return contact.isFlapping()
          ? List.of(Sample.bad(binding.point(), Reason.FLAPPING))
          : List.of();
    }
    var sample = sample(level == profile.on());
    return List.of(contact.isFlapping() ? sample.doubted(Reason.FLAPPING) : sample);
  }

  private Sample sample(boolean on) {
    var words = profile.words();
    return words == null
        ? Sample.of(binding.point(), on)
        : Sample.of(binding.point(), on ? words.on() : words.off());
  }
}
