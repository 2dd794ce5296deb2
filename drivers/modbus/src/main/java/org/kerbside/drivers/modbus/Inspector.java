package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Inspection.Look;
import org.kerbside.drivers.api.Inspection.Presence;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * Asks for a person. Runs on the caller's thread; each request waits for its turn on the bus's.
 *
 * @param place as people are told it
 * @param patience for all requests of one call
 */
record Inspector(Errands errands, Place place, Duration patience) {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final int LIKELY = 3; // told of at most
  private static final int TELLING = 3; // numbers that must fit, or everything would
  private static final int DEAF = 2; // requests in vain, before the next guess is given up

  /** Asks for all that a profile has. The bytes are told as an RTU line has them. */
  Look look(int unit, ModbusProfile profile) throws DeviceException, InterruptedException {
    long deadline = deadline();
    var talk = new ArrayList<String>();
    var told = new ArrayList<Image.Told>();
    for (var read : profile.reads()) {
      var answer = answer(unit, read, profile.timeout(), deadline);
      talk.add("> " + HEX.formatHex(RtuWindow.telegram(unit, read.pdu())));
      switch (answer) {
        case Answer.Said(var block) -> talk.add(received(unit, block.pdu()));
        case Answer.Refusal(var code) ->
            talk.add(
                received(unit, new byte[] {(byte) (read.pdu()[0] | Request.REFUSAL), (byte) code}));
        case Answer.Nothing nothing -> talk.add("  " + nothing.reason());
        case Answer.Done done -> talk.add("  done");
      }
      told.add(new Image.Told(read, answer));
    }
    return new Look(talk, profile.samples(new Image(told)));
  }

  private static String received(int unit, byte[] pdu) {
    return "< " + HEX.formatHex(RtuWindow.telegram(unit, pdu));
  }

  /**
   * Any answer of the device's is one, a refusal too. Some are silent to functions that they do not
   * know.
   */
  Presence presence(int unit, Supplier<List<ModbusProfile>> known)
      throws DeviceException, InterruptedException {
    long deadline = deadline();
    for (var table : List.of(Table.HOLDING, Table.INPUT)) {
      if (isDevices(answer(unit, new Request.Read(table, 0, 1), null, deadline))) {
        return new Presence.Somebody(likely(unit, known.get(), deadline));
      }
    }
    return new Presence.Nobody();
  }

  private static boolean isDevices(Answer answer) {
    return switch (answer) {
      case Answer.Said said -> true;
      case Answer.Done done -> true;
      case Answer.Refusal refusal -> !refusal.isOfGateway();
      case Answer.Nothing nothing -> false;
    };
  }

  private record Guess(String profile, int numbers) {}

  /** Of as many profiles as there is time for. */
  private List<String> likely(int unit, List<ModbusProfile> known, long deadline)
      throws DeviceException, InterruptedException {
    var guesses = new ArrayList<Guess>();
    int vain = 0;
    for (var profile : known) {
      var told = new ArrayList<Image.Told>();
      for (var read : profile.reads()) {
        var answer = ask(unit, read, profile.timeout(), deadline);
        if (answer == null) {
          return best(guesses);
        }
        told.add(new Image.Told(read, answer));
        vain += isDevices(answer) ? 0 : 1;
        if (!(answer instanceof Answer.Said)) {
          break;
        }
      }
      if (vain >= DEAF) {
        break;
      }
      int numbers = plausible(profile, new Image(told));
      if (numbers >= TELLING) {
        guesses.add(new Guess(profile.name(), numbers));
      }
    }
    return best(guesses);
  }

  private static List<String> best(List<Guess> guesses) {
    return guesses.stream()
        .sorted(Comparator.comparingInt(Guess::numbers).reversed())
        .limit(LIKELY)
        .map(Guess::profile)
        .toList();
  }

  /** How many numbers it tells that can be, none of them absurd; 0 where one is. */
  private static int plausible(ModbusProfile profile, Image image) {
    int numbers = 0;
    for (var sample : profile.samples(image)) {
      var unit = sample.unit();
      if (sample.value() == null
          || (sample.value() instanceof Value.Num(var number)
              && unit != null
              && !isPlausible(number, unit))) {
        return 0;
      }
      numbers += sample.value() instanceof Value.Num(var number) && number != 0 ? 1 : 0;
    }
    return numbers;
  }

  private static boolean isPlausible(double number, Unit unit) {
    double kept = unit.toKept(number);
    return switch (unit.kept().symbol()) {
      case "V" -> kept > 50 && kept < 500;
      case "Hz" -> kept > 45 && kept < 65;
      case "Cel" -> kept > -60 && kept < 100;
      case "/" -> Math.abs(kept) <= 1;
      case "%RH" -> kept >= 0 && kept <= 100;
      default -> kept >= 0 && kept < 1e7 && (kept == 0 || kept > 1e-7);
    };
  }

  private long deadline() {
    return System.nanoTime() + patience.toNanos();
  }

  private Answer answer(int unit, Request request, @Nullable Duration timeout, long deadline)
      throws DeviceException, InterruptedException {
    var answer = ask(unit, request, timeout, deadline);
    if (answer == null) {
      throw new DeviceException.Unavailable(
          "%s is not open, or too slow: no answer within %d ms"
              .formatted(place, patience.toMillis()));
    }
    return answer;
  }

  /** Null when its turn does not come in time. */
  private @Nullable Answer ask(int unit, Request request, @Nullable Duration timeout, long deadline)
      throws DeviceException, InterruptedException {
    var question = new Errands.Question(unit, request, timeout, new CompletableFuture<>());
    if (!errands.offer(question)) {
      throw new DeviceException.Refused("%s: too many ask at once".formatted(place));
    }
    try {
      return question.answer().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return null;
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    } finally {
      errands.withdraw(question);
    }
  }
}
