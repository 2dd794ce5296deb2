package org.kerbside.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every mistake of one run. Belongs to the thread that reads the configuration. */
public final class Mistakes {

  private static final Comparator<Mistake> BY_PLACE =
      Comparator.comparing((Mistake m) -> m.mark().file())
          .thenComparingInt(m -> m.mark().line())
          .thenComparingInt(m -> m.mark().column());

  private final List<Mistake> found = new ArrayList<>();

  public void add(Mark mark, String code, String problem, String help) {
    found.add(new Mistake(mark, code, problem, help));
  }

  /** Sorted by place, equal ones once. */
  public List<Mistake> all() {
    return found.stream().distinct().sorted(BY_PLACE).toList();
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Mistake::isError);
  }

  public long errors() {
    return all().stream().filter(Mistake::isError).count();
  }

  public long warnings() {
    return all().size() - errors();
  }
}
