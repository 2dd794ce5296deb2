package org.kerbside.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;

/** Every mistake of one run, and the files it read. Belongs to the thread that reads them. */
public final class Mistakes {

  private static final Comparator<Mistake> BY_PLACE =
      Comparator.comparing((Mistake m) -> m.mark().file())
          .thenComparingInt(m -> m.mark().line())
          .thenComparingInt(m -> m.mark().column())
          .thenComparing(Mistake::code);

  // A range of assets tells of its line once for each of them.
  private final SequencedSet<Mistake> found = new LinkedHashSet<>();
  private final SequencedSet<String> files = new LinkedHashSet<>();

  public void add(Mark mark, String code, String problem, String help) {
    add(new Mistake(mark, code, problem, help));
  }

  void add(Mistake mistake) {
    found.add(mistake);
  }

  /** A file of the site has been opened. */
  void opened(String file) {
    files.add(file);
  }

  /** Takes back what turned out to follow from another mistake. */
  void withdraw(Mistake mistake) {
    found.remove(mistake);
  }

  /** The same, with files by other names: of a copy, those of the original. */
  public Mistakes renamed(UnaryOperator<String> name) {
    var renamed = new Mistakes();
    files.forEach(file -> renamed.opened(name.apply(file)));
    found.forEach(
        told -> {
          var mark = told.mark();
          var moved =
              new Mark(
                  name.apply(mark.file()), mark.line(), mark.column(), mark.length(), mark.text());
          renamed.add(moved, told.code(), told.problem(), told.help());
        });
    return renamed;
  }

  /** Whether an error stands at that word already, so that nothing need follow from it. */
  boolean isTold(Mark mark) {
    return found.stream().anyMatch(m -> m.isError() && m.mark().equals(mark));
  }

  /** Site files as the user named them, in the order of reading. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /** Sorted by place, equal ones once. */
  public List<Mistake> all() {
    return found.stream().sorted(BY_PLACE).toList();
  }

  public boolean hasErrors() {
    return errors() > 0;
  }

  public long errors() {
    return found.stream().filter(Mistake::isError).count();
  }

  public long warnings() {
    return found.size() - errors();
  }
}
