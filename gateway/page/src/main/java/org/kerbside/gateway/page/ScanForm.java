package org.kerbside.gateway.page;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.page.Part.Link;

/**
 * The sheet on which devices are looked for, as its template takes it.
 *
 * @param reaches where it can be done
 * @param state how the look goes on, or how it ended; empty before the first
 * @param found by it
 * @param label what a photo's label says, and whose it may be; null where none was sent
 * @param trouble why something was not done; empty when nothing was tried
 * @param mayAsk whether who reads may have a photo read
 */
record ScanForm(
    Sheet sheet,
    List<Reach> reaches,
    String state,
    List<Row> found,
    @Nullable Row label,
    String trouble,
    boolean mayAsk,
    @Nullable Session session) {

  /**
   * A bus, and the addresses that it can have devices at.
   *
   * @param addresses at least one, as a site's file writes them
   */
  record Reach(String bus, List<String> addresses) {

    private static final int LONG = 128; // addresses; more of them take minutes
    private static final int FIRST = 32; // of a long one, at first: installers number from one

    Reach {
      addresses = List.copyOf(addresses);
    }

    /** Those that are asked at first. */
    List<String> first() {
      return isLong() ? addresses.subList(0, FIRST) : addresses;
    }

    boolean isLong() {
      return addresses.size() > LONG;
    }
  }

  /**
   * A device, or what may be one.
   *
   * @param title its address, or what its label says
   * @param says what is known of it
   * @param links what can be done with it
   */
  record Row(String title, String says, List<Link> links) {
    Row {
      links = List.copyOf(links);
    }
  }

  ScanForm {
    reaches = List.copyOf(reaches);
    found = List.copyOf(found);
  }

  boolean goesOn() {
    return sheet.looksAgain();
  }

  String token() {
    return session == null ? "" : session.token();
  }
}
