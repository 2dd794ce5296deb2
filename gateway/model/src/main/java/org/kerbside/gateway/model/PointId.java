package org.kerbside.gateway.model;

/** One quantity of one asset by name: {@code bin-2/fill}. */
public record PointId(String asset, String name) {

  @Override
  public String toString() {
    return asset + "/" + name;
  }
}
