package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.kerbside.gateway.assets.Kept;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Value;

/** What assets are made of as a note, and back. */
final class DerivedNote {

  private DerivedNote() {}

  static Note of(List<Kept> things) {
    var notes = new Note();
    for (var thing : things) {
      var note = new Note();
      thing.values().forEach(note::put);
      notes.put(thing.thing(), note);
    }
    return notes;
  }

  static List<Kept> read(Note notes) {
    var things = new ArrayList<Kept>();
    for (var thing : notes.facts().keySet()) {
      var note = notes.note(thing);
      var values = new TreeMap<String, Value>();
      for (var name : note.facts().keySet()) {
        var value = note.value(name);
        if (value != null) {
          values.put(name, value);
        }
      }
      things.add(new Kept(thing, values));
    }
    return things;
  }
}
