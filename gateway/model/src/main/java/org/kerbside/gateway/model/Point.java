package org.kerbside.gateway.model;

/**
 * One quantity of one asset. Equal when its index is: there is one site in a process.
 *
 * @param index dense from 0 over the whole site, so that state is an array
 */
public record Point(int index, PointId id, PointSpec spec) {

  public Unit unit() {
    return spec.unit();
  }

  public String name() {
    return id.name();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Point point && point.index == index;
  }

  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
