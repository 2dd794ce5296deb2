package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;

/** Which buses go on while one gateway ends and another begins. */
class HeirTest {

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: HEIR-1, name: first, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtt://127.0.0.1:1", tenant: bench, accept: [ plaintext, anonymous ] }
      buses:
        sim: { driver: simulator, seed: 7, every: 1s }
        rs485: { driver: modbus, port: /dev/serial/by-path/x, line: 9600 8N1 }
      assets:
        bin-1..2:  { kind: bin, name: 桶 $n, empty: 120cm, full: 30cm, at: sim/bin-1..2 }
        lamp-1:    { kind: lamp, power: 60W, profile: lamp-485, at: rs485/1 }
      """;

  private static @Nullable Plan read;

  @TempDir private Path folder;

  /** Of a change of the site's file, what becomes of both buses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: first           | name: second                    | sim,rs485 | what people call the site",
        "Asia/Shanghai         | Asia/Urumqi                     | ''        | a time of its own",
        "tenant: bench         | tenant: other                   | sim,rs485 | another uplink",
        "'  sim:'              | '  # moved\n\n  sim:'         | sim,rs485 | a line that was moved",
        "seed: 7, every: 1s    | every: 1s, seed: 7              | sim,rs485 | in another order",
        "every: 1s             | every: 2s                       | rs485     | its own line",
        "9600 8N1              | 19200 8N1                       | sim       | its own line",
        "name: 桶              | name: 垃圾桶                    | sim,rs485 | what people call it",
        "empty: 120cm          | empty: 110cm                    | rs485     | what is measured",
        "sim/bin-1..2          | sim/bin-2..3                    | rs485     | an address",
        "lamp-485              | lamp-485, code: \"51010503001000173\"         | sim,rs485 | a label",
        "rs485/1               | rs485/1..2                      | sim       | one more device",
      })
  void aBusGoesOnWhereNothingOfItIsAnother(String was, String is, String goOn, String what)
      throws Exception {
    var site = what.equals("one more device") ? SITE.replace("lamp-1:", "lamp-1..2:") : SITE;
    var changed = site.replace(was, is.replace("\\n", "\n"));
    assertThat(changed).as("changed").isNotEqualTo(SITE);
    var old = old();
    var heir = Heir.by(plan(changed));
    var going = List.of("sim", "rs485").stream().filter(bus -> heir.goesOn(bus, old)).toList();
    assertThat(String.join(",", going)).as(what).isEqualTo(goOn);
  }

  @Test
  void nobodyInheritsFromTheLastGateway() throws Exception {
    assertThat(Heir.nobody().goesOn("sim", old())).isFalse();
    assertThat(Heir.by(old()).goesOn("gone", old())).isFalse();
  }

  /** Read once: it takes its time. */
  private Plan old() throws Exception {
    if (read == null) {
      read = plan(SITE);
    }
    return read;
  }

  private Plan plan(String site) throws Exception {
    var mistakes = new Mistakes();
    var plan = Plan.read(Files.writeString(folder.resolve("site.yaml"), site), List.of(), mistakes);
    if (plan == null) {
      throw new AssertionError(new Diagnostics(mistakes).text());
    }
    return plan;
  }
}
