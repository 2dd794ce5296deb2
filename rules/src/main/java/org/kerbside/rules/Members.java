package org.kerbside.rules;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;
import org.kerbside.gateway.model.PointSpec;

/** The kinds of assets as CEL's types, so that a member's point has one too. */
final class Members implements CelTypeProvider {

  private static final String ORDERED = "ordered";

  private final ImmutableMap<String, StructType> types;

  Members(Ground ground) {
    var types = ImmutableMap.<String, StructType>builder();
    for (var kind : ground.kinds()) {
      var fields = ImmutableMap.<String, CelType>builder();
      ground.specs(kind).forEach((name, spec) -> fields.put(name, type(spec)));
      var orders = struct("ordered-" + kind, fields.build());
      types.put(orders.name(), orders);
      types.put(kind, struct(kind, fields.put(ORDERED, orders).build()));
    }
    this.types = types.build();
  }

  CelType of(Name name) {
    return switch (name.sort()) {
      case NUMBER -> SimpleType.DOUBLE;
      case FLAG -> SimpleType.BOOL;
      case WORD -> SimpleType.STRING;
      case LIST -> ListType.create(member(name));
      case ANY -> SimpleType.DYN;
    };
  }

  private CelType member(Name list) {
    var type = list.slot() instanceof Slot.Listed c ? types.get(c.kind()) : null;
    return type == null ? SimpleType.DYN : type;
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  private static CelType type(PointSpec spec) {
    return switch (Name.Sort.of(spec.type())) {
      case NUMBER -> SimpleType.DOUBLE;
      case FLAG -> SimpleType.BOOL;
      case WORD, LIST, ANY -> SimpleType.STRING;
    };
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.<CelType>copyOf(types.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(types.get(name));
  }
}
