package org.kerbside.gateway.uplink;

import java.util.random.RandomGenerator;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Site;

/** What outlives a connection, for the conversations on it. */
record Room(
    Topics topics,
    Payloads payloads,
    Doors doors,
    Commands commands,
    Wants wants,
    Replies replies,
    Audience audience,
    Release release,
    Sent sent,
    Suspects suspects,
    Explained explained,
    Standing standing,
    Budget budget,
    Deadlines deadlines,
    RandomGenerator chance,
    Clock clock) {

  static Room of(
      Site site,
      Link link,
      Description description,
      Doors doors,
      RandomGenerator chance,
      Clock clock,
      Deadlines deadlines) {
    var topics = Topics.of(link, site.id());
    var standing = new Standing(clock);
    return new Room(
        topics,
        new Payloads(site, description),
        doors,
        new Commands(
            topics,
            doors.commands(),
            new Doorman(site.id(), doors.signing(), clock.nanos()),
            clock.nanos()),
        new Wants(site.id(), doors.signing(), clock.nanos()),
        new Replies(),
        new Audience(doors, standing, clock),
        Release.of(description.ack()),
        new Sent(deadlines.watermark()),
        new Suspects(deadlines.refused()),
        new Explained(clock.nanos()),
        standing,
        new Budget(link.allowance(), site.zone()),
        deadlines,
        chance,
        clock);
  }

  /** For waits and paces: real, monotonic, ns. */
  long nanos() {
    return clock.nanos();
  }

  Moment now() {
    return clock.now();
  }
}
