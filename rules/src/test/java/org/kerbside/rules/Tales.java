package org.kerbside.rules;

import java.util.List;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Yaml;
import org.kerbside.gateway.assets.Kinds;

/** Small sites on which something happens, written as cities write their tests. */
final class Tales {

  private Tales() {}

  /** What came of it; {@code expect} is left out. */
  static List<String> told(String yaml, Mistakes mistakes) {
    var top = Yaml.read("case.yaml", yaml + "expect: x\n", mistakes);
    var trial = top == null ? null : Trial.read(top, null, Kinds.TABLE, mistakes);
    if (trial == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return trial.run((readings, now) -> readings).signed('+');
  }
}
