package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.Quantity;

/**
 * A chip with its settings, and how often it is asked.
 *
 * @param every of the profile; absent where the bus's or the chip's own pace will do
 */
record ChipProfile(Model model, @Nullable Duration every) {

  /** What it hangs on decides what it is made of. */
  sealed interface Model {

    List<Quantity> quantities();

    /** Its own pace. */
    Duration usual();

    record OnI2c(Chip.OnI2c<Section> chip, Chip.Fitting<I2c> fitting) implements Model {
      @Override
      public List<Quantity> quantities() {
        return fitting.quantities();
      }

      @Override
      public Duration usual() {
        return fitting.every();
      }
    }

    record OnLine(Chip.OnLine<Section> chip, Chip.Fitting<Line> fitting) implements Model {
      @Override
      public List<Quantity> quantities() {
        return fitting.quantities();
      }

      @Override
      public Duration usual() {
        return fitting.every();
      }
    }
  }

  /**
   * Null when a mistake was told.
   *
   * @param chips that are installed, by the name that a profile writes
   */
  static @Nullable ChipProfile read(
      Profile profile, Map<String, Chip<Section>> chips, Mistakes mistakes) {
    long before = mistakes.errors();
    var own = profile.own();
    own.text("profile"); // these two were read by whoever found the file
    own.text("driver");
    var name = own.required("chip", "sht31");
    if (name == null) {
      return null;
    }
    var chip = chips.get(name.text());
    if (chip == null) {
      mistakes.add(
          name.mark(),
          "E207",
          "no chip '%s' is installed".formatted(name),
          Nearest.help(name.text(), chips.keySet().stream().sorted().toList()));
      return null;
    }
    var read = own.section("read");
    var every = read == null ? null : BoardBus.every(read);
    if (read != null) {
      read.refuseOthers("'read'");
    }
    var model = model(chip, own);
    own.refuseOthers("the profile of a chip");
    return model == null || mistakes.errors() > before ? null : new ChipProfile(model, every);
  }

  private static @Nullable Model model(Chip<Section> chip, Section own) {
    return switch (chip) {
      case Chip.OnI2c<Section> on -> {
        var fitting = on.reader().read(own);
        yield fitting == null ? null : new Model.OnI2c(on, fitting);
      }
      case Chip.OnLine<Section> on -> {
        var fitting = on.reader().read(own);
        yield fitting == null ? null : new Model.OnLine(on, fitting);
      }
    };
  }

  /** How often it is asked on a bus. */
  Duration every(BoardBus bus) {
    return every != null ? every : bus.every() != null ? bus.every() : model.usual();
  }

  /** Those of its quantities that a device speaks for. */
  List<Quantity> quantities(Device device) {
    return model.quantities().stream()
        .filter(
            quantity ->
                device.point() == null
                    ? device.asset().point(quantity.name()) != null
                    : device.point().equals(quantity.name()))
        .toList();
  }
}
