package org.kerbside.drivers.board;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * The pins of a chip by Pi4J. Its providers are named, never found: another on the class path would
 * be taken without a word, and one of them answers LOW to everything. Its shutdown hook is off: we
 * end in our own order.
 */
final class Pi4jPins implements Pins {

  private final Context context;
  private final DigitalInputProvider inputProvider;
  private final DigitalOutputProvider outputProvider;
  private final Map<Integer, DigitalInput> inputs = new HashMap<>(); // by line

  private Pi4jPins(Context context, DigitalInputProvider inputs, DigitalOutputProvider outputs) {
    this.context = context;
    this.inputProvider = inputs;
    this.outputProvider = outputs;
  }

  /**
   * Opens a chip.
   *
   * @param chip its name now, as {@code gpiochip0}
   */
  static Pi4jPins open(String chip, DigitalInputProvider inputs, DigitalOutputProvider outputs)
      throws Unavailable {
    return Pi4jCalls.told(
        chip,
        () -> {
          var context =
              Pi4J.newContextBuilder()
                  .noAutoDetect()
                  .noAutoInject()
                  .disableShutdownHook()
                  .setGpioChipName(chip)
                  .add(inputs, outputs)
                  .build();
          return new Pi4jPins(context, inputs, outputs);
        });
  }

  @Override
  public Input input(int line, Pull pull, Consumer<Level> edges) throws Unavailable {
    var name = "line " + line;
    return Pi4jCalls.told(
        name,
        () -> {
          var former = inputs.remove(line);
          if (former != null) {
            context.shutdown(former.id());
          }
          var config =
              DigitalInput.newConfigBuilder(context)
                  .id("in-" + line)
                  .address(line)
                  .pull(resistance(pull))
                  .debounce(0L) // Its own waits for quiet, and never tells of chatter.
                  .build();
          var input = inputProvider.create(config);
          input.addListener(event -> edges.accept(level(event.state())));
          inputs.put(line, input);
          return () -> Pi4jCalls.told(name, () -> level(input.state()));
        });
  }

  @Override
  public Output output(int line, Duration period, double share) throws Unavailable {
    var name = "line " + line;
    return Pi4jCalls.told(
        name,
        () -> {
          var config =
              DigitalOutput.newConfigBuilder(context)
                  .id("out-" + line)
                  .address(line)
                  .initial(state(share)) // Without it the line would be driven low first.
                  .build();
          var output = outputProvider.create(config);
          return wanted -> Pi4jCalls.told(name, () -> output.state(state(wanted)));
        });
  }

  @Override
  public void close() {
    Pi4jCalls.quietly(context::shutdown);
  }

  private static Level level(DigitalState state) {
    return state.isHigh() ? Level.HIGH : Level.LOW;
  }

  private static DigitalState state(double share) {
    return share > 0.5 ? DigitalState.HIGH : DigitalState.LOW;
  }

  private static PullResistance resistance(Pull pull) {
    return switch (pull) {
      case UP -> PullResistance.PULL_UP;
      case DOWN -> PullResistance.PULL_DOWN;
      case OFF -> PullResistance.OFF;
    };
  }
}
