package org.kerbside.gateway.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** The precompiled templates; they print what is decided and escape it. Thread-safe. */
final class Templates {

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Templates.class.getClassLoader(),
          Templates.class.getPackageName());

  String page(Page page) {
    return print("page.jte", page);
  }

  String main(Screen screen) {
    return print("main.jte", screen);
  }

  String part(Part part) {
    return switch (part) {
      case Part.Todo todo -> print("todo.jte", todo);
      case Part.Heading heading -> print("heading.jte", heading);
      case Part.Card card -> print("card.jte", card);
      case Part.Foot foot -> print("foot.jte", foot);
      case Part.Rows rows -> print("rows.jte", rows);
      case Part.Facts facts -> print("facts.jte", facts);
      case Part.Links links -> print("links.jte", links);
      case Part.Nav nav -> print("nav.jte", nav);
      case Part.Picture picture -> print("picture.jte", picture);
    };
  }

  String form(DeedForm form) {
    return print("form.jte", form);
  }

  String commission(Commission commission) {
    return print("commission.jte", commission);
  }

  String clock(ClockForm clock) {
    return print("clock.jte", clock);
  }

  String scan(ScanForm scan) {
    return print("scan.jte", scan);
  }

  String newcomer(Newcomer newcomer) {
    return print("newcomer.jte", newcomer);
  }

  String swap(Swap swap) {
    return print("swap.jte", swap);
  }

  String swapped(Swapped swapped) {
    return print("swapped.jte", swapped);
  }

  String login(Login login) {
    return print("login.jte", login);
  }

  String resume(Resume resume) {
    return print("resume.jte", resume);
  }

  String label(Label label) {
    return print("label.jte", label);
  }

  String refused(Refused refused) {
    return print("refused.jte", refused);
  }

  String safe(Safe safe) {
    return print("safe.jte", safe);
  }

  String leaf(Manual.Leaf leaf) {
    return print("leaf.jte", leaf);
  }

  private String print(String template, Object model) {
    var out = new StringOutput();
    engine.render(template, model, out);
    return out.toString();
  }
}
