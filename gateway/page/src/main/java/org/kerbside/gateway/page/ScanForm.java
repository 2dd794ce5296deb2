package org.kerbside.gateway.page;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.page.Part.Link;

/**
 * The sheet on which devices are looked for, as its template takes it.
 *
 * @param buses on which it can be done
 * @param state how the look goes on, or how it ended; empty before the first
 * @param found by it
 * @param label what a photo's label says, and whose it may be; null where none was sent
 * @param trouble why something was not done; empty when nothing was tried
 * @param mayAsk whether who reads may have a photo read
 */
record ScanForm(
    Sheet sheet,
    List<String> buses,
    String state,
    List<Row> found,
    @Nullable Row label,
    String trouble,
    boolean mayAsk,
    @Nullable Session session) {

  /** What is asked for at first: installers number from one. */
  static final int FEW = 32;

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
    buses = List.copyOf(buses);
    found = List.copyOf(found);
  }

  boolean goesOn() {
    return sheet.looksAgain();
  }

  String token() {
    return session == null ? "" : session.token();
  }

  String few() {
    return Integer.toString(FEW);
  }

  String most() {
    return Integer.toString(Scan.MOST);
  }
}
