package org.kerbside.gateway.page;

import java.util.List;

/** Safe mode as its template takes it. */
record Safe(Sheet sheet, List<SafePage.Trouble> troubles) {

  String count() {
    return sheet.words().say("safe.count", String.valueOf(troubles.size()));
  }
}
