package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A programme names a calendar; what stands in the file is where the name stood. */
class CalendarsTest {

  @TempDir private Path folder;
  private final Mistakes mistakes = new Mistakes();

  @Test
  void aCalendarIsTheFileBesideTheSiteWithItsOwnPlaces() throws Exception {
    Files.writeString(folder.resolve("festival.yaml"), "nights:\n  - { of: 10-01, steps: [] }\n");
    var calendar = rule("{ programme: p, calendar: [ festival.yaml ] }").sections("calendar");

    assertThat(mistakes.all()).isEmpty();
    var of = calendar.getFirst().sections("nights").getFirst().text("of");
    assertThat(of).isNotNull();
    assertThat(of == null ? "" : of.mark().file()).endsWith("festival.yaml");
    assertThat(of == null ? 0 : of.mark().line()).isEqualTo(2);
  }

  @Test
  void aFileThatIsNotThereIsAMistakeAtItsName() throws Exception {
    rule("{ programme: p, calendar: [ festivall.yaml ] }");

    assertThat(mistakes.all())
        .singleElement()
        .satisfies(told -> assertThat(told.toString()).contains("E006").contains("festivall.yaml"));
  }

  private Section rule(String yaml) throws Exception {
    var site = Files.writeString(folder.resolve("site.yaml"), "rules:\n  - " + yaml + "\n");
    var includes = new Includes(mistakes);
    var top = includes.read(site);
    assertThat(top).isNotNull();
    return new Calendars(includes, site)
        .into(top == null ? List.of() : top.sections("rules"))
        .getFirst();
  }
}
