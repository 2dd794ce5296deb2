package org.kerbside.gateway.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.Wire;

/** Tells every frame of readings that a journal still has, oldest first, and changes nothing. */
public final class Retelling {

  private Retelling() {}

  /**
   * Reads a data folder, also one that a gateway is writing to.
   *
   * @param heard on the calling thread, frame by frame
   */
  public static void of(Path folder, Wire wire, Consumer<Wire.Contents> heard)
      throws JournalException {
    var file = folder.resolve(Database.FILE);
    if (!Files.isRegularFile(file)) {
      throw new JournalException("there is no journal in %s".formatted(folder));
    }
    try (var connection = Database.read(file);
        var select =
            connection.prepareStatement("SELECT encoding, body FROM readings ORDER BY seq");
        var row = select.executeQuery()) {
      while (row.next()) {
        var rendered = new Rendered(row.getBytes(2), ReadSide.encoding(row.getInt(1)));
        heard.accept(wire.contents(rendered));
      }
    } catch (SQLException refused) {
      throw new JournalException("%s: %s".formatted(file, Database.reason(refused)), refused);
    }
  }
}
