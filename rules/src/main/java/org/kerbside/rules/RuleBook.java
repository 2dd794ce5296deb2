package org.kerbside.rules;

import java.util.List;
import org.kerbside.config.Mistakes;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.model.RuleCard;

/** Every rule and programme of a site, the shipped ones and its own, checked before they run. */
public final class RuleBook {

  private final List<RuleCard> cards;
  private final int size;
  private final Engine engine;
  private final Programmes programmes;
  private final Footprint footprint;
  private final Recollection recollection;

  private RuleBook(Bound bound, SiteConfig site, Programmes programmes) {
    var points = site.assets().stream().flatMap(asset -> asset.points().stream()).toList();
    this.cards = bound.cards();
    this.size = bound.watches().size();
    this.footprint =
        new Footprint(bound.spans().size(), bound.spans().stream().mapToLong(Span::bytes).sum());
    this.engine =
        new Engine(bound.watches(), bound.kpis(), points.size(), bound.spans(), site.site());
    this.recollection = new Recollection(bound.watches(), points, engine);
    this.programmes = programmes;
  }

  /** What is wrong goes to the mistakes; a rule with a mistake is not in the book. */
  public static RuleBook read(SiteConfig site, Mistakes mistakes) {
    var spans = new Span.Table();
    var programmes = new ProgrammeReader(site, spans, mistakes).read();
    var bound = Binding.of(site, spans, mistakes);
    return new RuleBook(bound, site, programmes);
  }

  /** What the city is told of the rules, once a version. */
  public List<RuleCard> cards() {
    return cards;
  }

  public Engine engine() {
    return engine;
  }

  public Programmes programmes() {
    return programmes;
  }

  /** What of the rules' memory outlives a process. */
  public Recollection recollection() {
    return recollection;
  }

  /** How many rules watch: one for each asset that a rule is for. */
  public int size() {
    return size;
  }

  /** What its windows take, however often their points speak. */
  public Footprint footprint() {
    return footprint;
  }

  /**
   * The memory of a site's windows, known before it runs.
   *
   * @param bytes at most
   */
  public record Footprint(int windows, long bytes) {
    private static final int KB = 1000;

    @Override
    public String toString() {
      return "%d windows, at most %d kB of memory".formatted(windows, (bytes + KB - 1) / KB);
    }
  }

  /** Rules bound to assets, and their cards. */
  record Bound(List<Watch> watches, List<Kpi> kpis, List<RuleCard> cards, List<Span> spans) {
    Bound {
      kpis = List.copyOf(kpis);
      watches = List.copyOf(watches);
      cards = List.copyOf(cards);
      spans = List.copyOf(spans);
    }
  }
}
