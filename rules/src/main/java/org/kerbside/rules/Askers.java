package org.kerbside.rules;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/** Which rules of a site ask for what, each by its index: what changes steps those and no other. */
final class Askers {

  private static final int[] NONE = {};

  private final int[][] byObserved;
  private final int[][] byOrdered;
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<String, int[]> byAsset = new HashMap<>();
  private final Map<String, int[]> bySilence = new HashMap<>(); // those that ask for it
  private final int[] civil;
  private final int[] figures;
  private final @Nullable String[] assets; // by the points' index, where a rule is for them
  private final Map<String, Asset> watched = new HashMap<>(); // by id, where a rule is for them

  Askers(List<Watch> watches, int points) {
    byObserved = index(watches, points, Slot.Observed.class);
    byOrdered = index(watches, points, Slot.Commanded.class);
    civil = asking(watches, input -> input.slot() instanceof Slot.Timed timed && timed.isCivil());
    figures = asking(watches, input -> input.slot() instanceof Slot.Figure);
    assets = new @Nullable String[points];
    for (int i = 0; i < watches.size(); i++) {
      var asset = watches.get(i).asset();
      byId.put(watches.get(i).id(), i);
      byAsset.merge(asset.id(), new int[] {i}, Askers::joined);
      for (var other : silent(watches.get(i))) {
        bySilence.merge(other, new int[] {i}, Askers::joined);
      }
      watched.put(asset.id(), asset);
      asset.points().forEach(point -> assets[point.index()] = asset.id());
    }
  }

  /** Of the site. */
  int points() {
    return byObserved.length;
  }

  Map<String, Integer> byId() {
    return byId;
  }

  /** Those that name what a point shows. */
  int[] observed(Point point) {
    return byObserved[point.index()];
  }

  /** Those that name what a point was told. */
  int[] ordered(Point point) {
    return byOrdered[point.index()];
  }

  /** Those for an asset. */
  int[] of(String asset) {
    return byAsset.getOrDefault(asset, NONE);
  }

  /** Those that ask whether an asset speaks. */
  int[] silence(String asset) {
    return bySilence.getOrDefault(asset, NONE);
  }

  /** Those that ask for civil time. */
  int[] civil() {
    return civil;
  }

  /** Those that ask for a day's figure. */
  int[] figures() {
    return figures;
  }

  /** Where a rule is for it. */
  @Nullable Asset asset(String id) {
    return watched.get(id);
  }

  /** Whose a point of that index is, where a rule is for it. */
  @Nullable String assetOf(int point) {
    return assets[point];
  }

  static boolean asksForWords(Watch watch) {
    return watch.inputs().stream().anyMatch(input -> input.slot() instanceof Slot.Did);
  }

  private static int[] asking(List<Watch> watches, Predicate<Input> wanted) {
    return IntStream.range(0, watches.size())
        .filter(i -> watches.get(i).inputs().stream().anyMatch(wanted))
        .toArray();
  }

  private static int[][] index(List<Watch> watches, int points, Class<? extends Slot.Source> sort) {
    var index = new int[points][];
    Arrays.fill(index, NONE);
    for (int i = 0; i < watches.size(); i++) {
      for (var point : points(watches.get(i), sort)) {
        index[point.index()] = joined(index[point.index()], new int[] {i});
      }
    }
    return index;
  }

  private static Set<Point> points(Watch watch, Class<? extends Slot.Source> sort) {
    var points = new LinkedHashSet<Point>();
    for (var input : watch.inputs()) {
      if (input.slot() instanceof Slot.OfPoint slot
          && slot.isByReading()
          && sort.isInstance(slot.source())) {
        points.add(slot.point());
      }
    }
    return points;
  }

  private static Set<String> silent(Watch watch) {
    var assets = new LinkedHashSet<String>();
    for (var input : watch.inputs()) {
      if (input.slot() instanceof Slot.Silent(var asset, var whole)) {
        assets.add(asset.id());
      }
    }
    return assets;
  }

  private static int[] joined(int[] some, int[] more) {
    int[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
