package org.kerbside.drivers.camel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.SenmlPack.Said;
import org.kerbside.drivers.picks.JsonReader;
import org.kerbside.drivers.picks.Pointer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object of a message. */
final class JsonItem implements Item {

  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] bytes;

  private JsonItem(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The objects of a message, one after the other or in a list. What stands before a mistake
   * counts.
   */
  static Items in(byte[] body) {
    var items = new ArrayList<Item>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(item(parser, body));
          }
        } else {
          items.add(item(parser, body));
        }
      }
      return new Items(items, items.isEmpty() ? List.of("no JSON object") : List.of());
    } catch (BadTelegram told) {
      return new Items(items, List.of(told.getMessage()));
    } catch (JacksonException told) {
      var why = told.getOriginalMessage().replaceFirst("(?s) ?[(\n].*", "");
      return new Items(items, List.of("not JSON: " + why));
    }
  }

  private static JsonItem item(JsonParser parser, byte[] body) throws BadTelegram {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadTelegram("no JSON object: got %s".formatted(parser.currentToken()));
    }
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    return new JsonItem(Arrays.copyOfRange(body, start, end));
  }

  @Override
  public @Nullable String text(Pointer pointer) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      parser.nextToken();
      for (var name : pointer.names()) {
        if (!goesTo(parser, name)) {
          return null;
        }
      }
      return parser.currentToken().isScalarValue() ? parser.getString() : null;
    }
  }

  /** Moves to what stands under a name of the object or list where the parser is. */
  private static boolean goesTo(JsonParser parser, String name) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean isIt = name.equals(parser.currentName());
        parser.nextToken();
        if (isIt) {
          return true;
        }
        parser.skipChildren();
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        if (name.equals(Integer.toString(i))) {
          return true;
        }
        parser.skipChildren();
      }
    }
    return false;
  }

  @Override
  public Said read(Whose whose) throws BadTelegram {
    return JsonReader.read(bytes, whose.aim());
  }
}
