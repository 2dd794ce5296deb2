package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.CommandDoor;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outcome;

/** The commands of people on the spot, and their ends, the last {@value #KEPT} of them. */
public final class Errands implements CrewDoor {

  private static final int KEPT = 256;

  /** What is not done by then is not what the person still wants. */
  private static final Duration EXPIRES = Duration.ofSeconds(5); // real time

  private final CommandDoor door;
  private final Clock clock;
  // Guarded by this, as the next.
  private final Set<String> pending = new HashSet<>();
  private final SequencedMap<String, Outcome> ends = new LinkedHashMap<>();

  public Errands(CommandDoor door, Clock clock) {
    this.door = door;
    this.clock = clock;
  }

  @Override
  public @Nullable Outcome ask(Command command, Duration patience) throws InterruptedException {
    synchronized (this) {
      if (pending.size() >= KEPT) {
        return new Outcome.Rejected("busy");
      }
      pending.add(command.id());
      ends.remove(command.id()); // Asked again, it is told again.
    }
    door.arrive(dated(command));
    return await(command.id(), patience);
  }

  private Command dated(Command command) {
    var now = clock.now().wall();
    var aSecond = clock.real(Duration.ofSeconds(1));
    long speed = Math.max(1, Duration.ofSeconds(1).dividedBy(aSecond));
    return command.dated(now, now.plus(EXPIRES.multipliedBy(speed)));
  }

  @Override
  public synchronized @Nullable Outcome ended(String id) {
    return ends.get(id);
  }

  /** Whether somebody here asked for it; then its end is noted, and nobody else's affair. */
  public synchronized boolean ended(Event.Result result) {
    if (!pending.remove(result.command())) {
      return false;
    }
    ends.putLast(result.command(), result.outcome());
    if (ends.size() > KEPT) {
      ends.pollFirstEntry();
    }
    notifyAll();
    return true;
  }

  @Override
  public synchronized boolean knows(String command) {
    return pending.contains(command);
  }

  private synchronized @Nullable Outcome await(String id, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (long left = patience.toMillis();
        !ends.containsKey(id) && left > 0;
        left = (deadline - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    return ends.get(id);
  }
}
