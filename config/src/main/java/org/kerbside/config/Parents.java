package org.kerbside.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Kind;

/**
 * Reads {@code parent}: a stall stands in a toilet, a lamp hangs on a feeder.
 *
 * @param kinds of the assets whose kind is known
 * @param ids of all, of those with an unknown kind too
 * @param isWhole whether every line gave its ids, so that a parent that is not there is missing
 */
record Parents(Map<String, Kind> kinds, Set<String> ids, boolean isWhole, Mistakes mistakes) {

  @Nullable String read(Section own, Kind kind) {
    var parent =
        switch (kind.parent()) {
          case REQUIRED -> own.required("parent", "wc-1");
          case OPTIONAL -> own.text("parent");
          case NONE -> null;
        };
    if (parent == null) {
      return null;
    }
    var its = kinds.get(parent.text());
    if (its != null && !isParent(its, kind)) {
      mistakes.add(
          parent.mark(),
          "E208",
          "'%s' is of kind '%s', no parent of a '%s'".formatted(parent, its.name(), kind.name()),
          "name an asset of kind %s".formatted(String.join(" or ", kind.parents())));
    } else if (isWhole && !ids.contains(parent.text())) {
      mistakes.add(
          parent.mark(),
          "E208",
          "there is no asset '%s'".formatted(parent),
          Nearest.help(parent.text(), candidates(kind)));
    }
    return parent.text();
  }

  private List<String> candidates(Kind kind) {
    return ids.stream().filter(id -> isParent(kinds.get(id), kind)).toList();
  }

  private static boolean isParent(@Nullable Kind its, Kind kind) {
    return its != null && kind.parents().contains(its.name());
  }
}
