package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/** A board that is moved by hand: lines, and chips that say what they are told to. Thread-safe. */
final class HandHardware implements Hardware {

  /** Answers an exchange. */
  @FunctionalInterface
  interface Answer {
    byte[] to(byte[] written, int wanted) throws DeviceException;
  }

  private final Map<Integer, Level> levels = new ConcurrentHashMap<>(); // HIGH where none stands
  private final Map<Integer, Consumer<Level>> listeners = new ConcurrentHashMap<>();
  private final List<String> driven = new CopyOnWriteArrayList<>();
  private volatile boolean isGone;
  private volatile Answer answer =
      (written, wanted) -> {
        throw new NoAnswer("nobody");
      };

  /** What outputs were driven to, in order, as {@code 24=1.0}; a line that is taken first too. */
  List<String> driven() {
    return List.copyOf(driven);
  }

  /** A line changes; whoever listens hears it. */
  void moves(int line, Level level) {
    changesUnheard(line, level);
    var listener = listeners.get(line);
    if (listener != null) {
      listener.accept(level);
    }
  }

  /** A line changes, and the library's listener is dead. */
  void changesUnheard(int line, Level level) {
    levels.put(line, level);
  }

  /** From now on nothing can be opened, asked or driven; or again. */
  void isGone(boolean gone) {
    isGone = gone;
  }

  /** What every chip says. */
  void answers(Answer next) {
    answer = next;
  }

  private void check() throws Unavailable {
    if (isGone) {
      throw new Unavailable("the board is gone");
    }
  }

  @Override
  public Pins open(Place.Lines lines) throws Unavailable {
    check();
    return new HandPins();
  }

  @Override
  public I2cDevice open(Place.I2cBus bus, int address) throws Unavailable {
    check();
    return new HandChip();
  }

  private final class HandPins implements Pins {

    private final List<Integer> taken = new ArrayList<>();

    @Override
    public Input input(int line, Pull pull, Consumer<Level> edges) throws Unavailable {
      check();
      taken.add(line);
      listeners.put(line, edges);
      return () -> {
        check();
        var level = levels.get(line);
        return level == null ? Level.HIGH : level;
      };
    }

    @Override
    public Output output(int line, Duration period, double share) throws Unavailable {
      Output output =
          wanted -> {
            check();
            driven.add("%d=%s".formatted(line, wanted));
          };
      output.drive(share);
      return output;
    }

    @Override
    public void close() {
      taken.forEach(listeners::remove);
    }
  }

  private final class HandChip implements I2cDevice {

    private @Nullable Answer closed;

    @Override
    public byte[] exchange(byte[] written, int wanted) throws DeviceException {
      check();
      return (closed == null ? answer : closed).to(written, wanted);
    }

    @Override
    public void close() {
      closed =
          (written, wanted) -> {
            throw new IllegalStateException("closed");
          };
    }
  }
}
