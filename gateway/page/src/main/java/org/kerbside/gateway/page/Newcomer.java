package org.kerbside.gateway.page;

import java.util.List;
import org.kerbside.gateway.page.DeedForm.Choice;
import org.kerbside.gateway.page.Part.Link;

/**
 * The sheet for a device that speaks for nothing yet, as its template takes it: into whose place it
 * goes, or what whoever keeps the site's file writes there.
 *
 * @param at its address
 * @param profile what it is, as far as that was guessed; may be empty
 * @param places assets whose device it may replace
 * @param kinds of which a new asset may be
 * @param id the new asset's, as typed
 * @param name likewise
 * @param yaml the line for the site's file; empty until there is one
 */
record Newcomer(
    Sheet sheet,
    String at,
    String profile,
    List<Link> places,
    List<Choice> kinds,
    String id,
    String name,
    String yaml) {

  Newcomer {
    places = List.copyOf(places);
    kinds = List.copyOf(kinds);
  }
}
