package org.kerbside.drivers.picks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pointers of a layout as one tree: one walk through a message finds them all. */
public final class PointerTree {

  private final Map<String, PointerTree> below = new HashMap<>();
  private int[] leaves = {};

  /** The picks by their place in the layout, the time behind the last of them. */
  public static PointerTree of(JsonLayout layout) {
    var root = new PointerTree();
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
      end = end.below.computeIfAbsent(name, _ -> new PointerTree());
    }
    end.leaves = Arrays.copyOf(end.leaves, end.leaves.length + 1);
    end.leaves[end.leaves.length - 1] = leaf;
  }

  @Nullable PointerTree below(String name) {
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
