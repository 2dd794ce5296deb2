package org.kerbside.drivers.mqtt;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pointers of a layout as one tree: one walk through a message finds them all. */
final class Tree {

  private final Map<String, Tree> below = new HashMap<>();
  private int[] leaves = {};

  /** The picks by their place in the layout, the time behind the last of them. */
  static Tree of(Layout.Json layout) {
    var root = new Tree();
    for (int i = 0; i < layout.picks().size(); i++) {
      root.add(layout.picks().get(i).pointer(), i);
    }
    if (layout.time() != null) {
      root.add(layout.time(), layout.picks().size());
    }
    return root;
  }

  private void add(Pointer pointer, int leaf) {
    var end = this;
    for (String name : pointer.names()) {
      end = end.below.computeIfAbsent(name, _ -> new Tree());
    }
    end.leaves = java.util.Arrays.copyOf(end.leaves, end.leaves.length + 1);
    end.leaves[end.leaves.length - 1] = leaf;
  }

  @Nullable Tree below(String name) {
    return below.get(name);
  }

  /** What ends here. */
  int[] leaves() {
    return leaves;
  }

  boolean leadsOn() {
    return !below.isEmpty();
  }
}
