package org.kerbside.rules;

import java.util.List;
import org.kerbside.gateway.model.Point;

/** What outputs do by themselves. Itself immutable: what it remembers is in its course. */
sealed interface Programme permits Lighting, Watering {

  String name();

  List<Point> outputs();

  Course start();
}
