package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.model.Fitter.Met;

/** Devices are looked for where a bus says that they can be. */
class LookingTest {

  private static final String ADDRESSES = ControlServer.request("addresses", Format.TEXT);

  private final Looking looking =
      new Looking(
          Map.of("gpio", new Wire(List.of()), "i2c-1", new Wire(List.of("0x44", "0x45"))),
          List.of());

  @Test
  void aBusIsAskedByItsOwnAddressesAsItWritesThem() throws Exception {
    assertThat(looking.addresses()).containsExactly(Map.entry("i2c-1", List.of("0x44", "0x45")));
    assertThat(addressesOf("i2c-1")).isEqualTo("0x44\n0x45");
    assertThat(looking.meet("i2c-1", "0x44"))
        .isEqualTo(new Met.Somebody("i2c-1/0x44", List.of("sht31")));
    assertThat(looking.meet("i2c-1", "0x45")).isEqualTo(new Met.Nobody());
  }

  @Test
  void linesThatDoNotSayWhatIsWiredToThemAreNotLookedThrough() {
    assertThatThrownBy(() -> addressesOf("gpio"))
        .isInstanceOfSatisfying(
            CommandException.class,
            refused -> {
              assertThat(refused).hasMessageContaining("nothing can be looked for on bus 'gpio'");
              assertThat(refused.help())
                  .isEqualTo("kerbside read gpio/ADDRESS asks one that the site lists");
            });
    assertThatThrownBy(() -> addressesOf("i2c1"))
        .isInstanceOfSatisfying(
            CommandException.class,
            refused -> assertThat(refused.help()).contains("did you mean 'i2c-1'?"));
  }

  private String addressesOf(String bus) throws CommandException {
    return Objects.requireNonNull(looking.answers().get(ADDRESSES)).answer(bus);
  }

  /** A bus with a sht31 at 0x44. */
  private record Wire(List<String> addresses) implements Driver, Inspection {

    @Override
    public void open(Inlet inlet) {}

    @Override
    public void close() {}

    @Override
    public Look look(String address) throws DeviceException {
      throw new Refused("no device of the site is at '%s'".formatted(address));
    }

    @Override
    public Presence presence(String address) {
      return address.equals("0x44")
          ? new Presence.Somebody(List.of("sht31"))
          : new Presence.Nobody();
    }
  }
}
