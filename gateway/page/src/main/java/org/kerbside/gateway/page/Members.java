package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A thing of several members, told as a JSON object; its schema has a name of its own. */
final class Members<T> implements Shape<T> {

  private final String name;
  private final List<Member<T, ?>> members;

  private Members(String name, List<Member<T, ?>> members) {
    this.name = name;
    this.members = List.copyOf(members);
  }

  /** Whether a member is always there. */
  private enum Presence {
    ALWAYS,
    IF_KNOWN
  }

  private record Member<T, V>(
      String name, Shape<V> shape, Function<T, @Nullable V> of, Presence presence) {

    void write(JsonGenerator json, T thing) {
      var value = of.apply(thing);
      if (value != null) {
        json.writeName(name);
        shape.write(json, value);
      }
    }

    <U> Member<U, V> from(Function<U, T> part) {
      return new Member<>(name, shape, whole -> of.apply(part.apply(whole)), presence);
    }
  }

  static <T> Members<T> named(String name) {
    return new Members<>(name, List.of());
  }

  /** One that is always there. */
  <V> Members<T> has(String member, Shape<V> shape, Function<T, @Nullable V> of) {
    return and(new Member<>(member, shape, of, Presence.ALWAYS));
  }

  /** One that lacks where there is nothing to say. */
  <V> Members<T> may(String member, Shape<V> shape, Function<T, @Nullable V> of) {
    return and(new Member<>(member, shape, of, Presence.IF_KNOWN));
  }

  /** All that a part of it has. */
  <P> Members<T> as(Members<P> part, Function<T, P> of) {
    var all = new ArrayList<>(members);
    part.members.forEach(member -> all.add(member.from(of)));
    return new Members<>(name, all);
  }

  private Members<T> and(Member<T, ?> member) {
    var all = new ArrayList<>(members);
    all.add(member);
    return new Members<>(name, all);
  }

  String name() {
    return name;
  }

  @Override
  public void write(JsonGenerator json, T thing) {
    json.writeStartObject();
    members.forEach(member -> member.write(json, thing));
    json.writeEndObject();
  }

  /** By its name: the whole stands once in a document. */
  @Override
  public void describe(JsonGenerator json) {
    json.writeStringProperty("$ref", "#/components/schemas/" + name);
  }

  /** The schema itself. */
  void define(JsonGenerator json) {
    json.writeStringProperty("type", "object");
    json.writeArrayPropertyStart("required");
    members.stream()
        .filter(member -> member.presence() == Presence.ALWAYS)
        .forEach(member -> json.writeString(member.name()));
    json.writeEndArray();
    json.writeObjectPropertyStart("properties");
    members.forEach(member -> Shape.object(json, member.name(), member.shape()));
    json.writeEndObject();
  }

  @Override
  public Stream<Members<?>> named() {
    return Stream.concat(Stream.of(this), members.stream().flatMap(one -> one.shape().named()));
  }
}
