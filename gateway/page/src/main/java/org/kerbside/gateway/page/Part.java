package org.kerbside.gateway.page;

import java.util.List;

/** A piece of the site screen that is replaced as a whole; equal pieces look equal. */
sealed interface Part {

  /** The id of its root element. */
  String id();

  /** What must be done here, gravest first. */
  record Todo(String title, List<Task> tasks, String more) implements Part {

    public Todo {
      tasks = List.copyOf(tasks);
    }

    @Override
    public String id() {
      return "todo";
    }
  }

  /** What a group is and how it stands: 公厕 · 3/6 空闲. */
  record Heading(String id, String title, String summary) implements Part {}

  /** One asset. */
  record Card(
      String id,
      Size size,
      String name,
      Badge condition,
      List<Badge> notes,
      List<Figure> figures,
      Bar bar,
      List<String> ages,
      String look,
      String href)
      implements Part {

    public Card {
      notes = List.copyOf(notes);
      figures = List.copyOf(figures);
      ages = List.copyOf(ages);
    }
  }

  /** The way up, where it has a title, and whom to call. */
  record Foot(String title, Badge uplink, String waiting, String trouble, String hotline)
      implements Part {

    @Override
    public String id() {
      return "foot";
    }
  }

  /** A list of rows. */
  record Rows(String id, String title, List<Task> tasks, String none) implements Part {

    public Rows {
      tasks = List.copyOf(tasks);
    }
  }

  /** What is known, line by line. */
  record Facts(String id, String title, List<Fact> facts) implements Part {

    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /** Where to go or what to do from here. */
  record Links(String id, String title, String look, List<Link> links) implements Part {

    public Links {
      links = List.copyOf(links);
    }
  }

  /** The tabs at the foot of the screen. */
  record Nav(List<Tab> tabs) implements Part {

    public Nav {
      tabs = List.copyOf(tabs);
    }

    @Override
    public String id() {
      return "nav";
    }
  }

  /**
   * A point's past.
   *
   * @param detail where its numbers are, for who looks closer
   */
  record Picture(
      String title, Chart chart, List<Link> spans, List<Link> points, Table table, Detail detail)
      implements Part {

    public Picture {
      spans = List.copyOf(spans);
      points = List.copyOf(points);
    }

    @Override
    public String id() {
      return "chart";
    }
  }

  /**
   * What a closer look needs.
   *
   * @param numbers the address of the numbers
   * @param zone whose civil time it tells
   */
  record Detail(String label, String numbers, String zone) {

    static final Detail NONE = new Detail("", "", "");

    boolean isShown() {
      return !label.isEmpty();
    }

    String script() {
      return Files.DETAIL.path();
    }

    String uplot() {
      return Files.UPLOT.path();
    }

    String style() {
      return Files.UPLOT_STYLE.path();
    }
  }

  /** The same numbers as a chart's. */
  record Table(String title, List<String> heads, List<List<String>> rows) {

    public Table {
      heads = List.copyOf(heads);
      rows = List.copyOf(rows);
    }
  }

  /**
   * One row of what must be done; a note is empty when the data is good.
   *
   * @param href where more of it is; empty for nowhere
   */
  record Task(Badge badge, String text, String since, List<Badge> notes, String href, Link act) {

    public Task {
      notes = List.copyOf(notes);
    }
  }

  /** A line of what is known; the badge is none where the text says all. */
  record Fact(String label, String text, Badge badge) {}

  /**
   * A way to somewhere.
   *
   * @param look the class that makes it stand out: {@code current}, {@code main}; empty for none
   */
  record Link(String label, String href, String look) {

    static final Link NONE = new Link("", "", "");

    boolean isShown() {
      return !label.isEmpty();
    }
  }

  /** A tab. */
  record Tab(String label, String href, String icon, String count, Place place) {}

  /** Where the reader is. */
  enum Place {
    HERE,
    ELSEWHERE
  }

  /**
   * A state in three ways at once, never by colour alone.
   *
   * @param look the class that gives border and fill; empty for what needs no look
   * @param icon a symbol of the sprite, without {@code i-}; empty for none
   * @param word what it says; empty when there is nothing to say
   */
  record Badge(String look, String icon, String word) {

    static final Badge NONE = new Badge("", "", "");

    boolean isShown() {
      return !word.isEmpty();
    }
  }

  /** A value as shown, and how far it may be believed. */
  record Figure(String label, String text, Trust trust) {}

  /** How a value is written. */
  enum Trust {
    PLAIN,
    /** With a question mark. */
    DOUBTED,
    /** Struck through. */
    STRUCK,
    /** No value: a dash. */
    UNKNOWN
  }

  /** A level drawn as a bar; an unknown one is hatched and has no length. */
  sealed interface Bar {

    record None() implements Bar {}

    record Level(int percent) implements Bar {}

    record Unknown() implements Bar {}
  }

  /** How much room a card takes. */
  enum Size {
    /** Eight lamps in two rows of a phone. */
    SMALL,
    /** Three stalls in a row of a phone. */
    TILE,
    /** The whole width. */
    ROW
  }
}
