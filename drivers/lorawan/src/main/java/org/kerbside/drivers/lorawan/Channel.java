package org.kerbside.drivers.lorawan;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;

/**
 * A quantity of a device or of one of its channels, as a profile names it: {@code distance}, {@code
 * 2/valve}.
 *
 * @param number from 1, or {@link Said#DEVICE}
 */
record Channel(int number, String name) {

  private static final Pattern WRITTEN = Pattern.compile("(?:([1-9]\\d?)/)?([A-Za-z][\\w-]{0,63})");

  /** Null, and a mistake, when it is none. */
  static @Nullable Channel read(Text written, Mistakes mistakes) {
    var match = WRITTEN.matcher(written.text());
    if (!match.matches()) {
      mistakes.add(
          written.mark(),
          "E104",
          "'%s' is no quantity".formatted(written),
          "write its name, or channel/name: 2/valve");
      return null;
    }
    String number = match.group(1);
    return new Channel(number == null ? Said.DEVICE : Integer.parseInt(number), match.group(2));
  }

  @Override
  public String toString() {
    return number == Said.DEVICE ? name : number + "/" + name;
  }
}
