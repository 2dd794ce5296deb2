package org.kerbside.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Pem;

/**
 * Reads the public keys that a site trusts: {@code keys/NAME.pem} beside it, Ed25519 as {@code
 * openssl pkey -pubout} writes it (RFC 8410).
 */
final class KeyReader {

  /** The folder beside the site. */
  static final String FOLDER = "keys";

  private static final int MOST = 8;
  private static final long MOST_BYTES = 4 << 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String KIND = "PUBLIC KEY";

  private final Path folder;
  private final Mistakes mistakes;

  KeyReader(Path site, Mistakes mistakes) {
    this.folder = site.resolveSibling(FOLDER);
    this.mistakes = mistakes;
  }

  SequencedMap<String, PublicKey> read(List<Text> names) {
    var keys = new LinkedHashMap<String, PublicKey>();
    if (names.size() > MOST) {
      mistakes.add(
          names.get(MOST).mark(), "E009", "more than %d keys".formatted(MOST), "remove old ones");
      return keys;
    }
    for (var name : names) {
      var key = read(name);
      if (key != null) {
        keys.put(name.text(), key);
      }
    }
    return keys;
  }

  private @Nullable PublicKey read(Text name) {
    if (!NAME.matcher(name.text()).matches()) {
      return bad(name, "is no key's name", "write letters, digits, '-', '_' and '.'");
    }
    var file = folder.resolve(name.text() + ".pem");
    var place = "%s/%s".formatted(FOLDER, file.getFileName());
    try {
      if (!Files.isRegularFile(file)) {
        return bad(name, "is no key here", "put the public key into %s".formatted(place));
      }
      var text = Files.size(file) > MOST_BYTES ? "" : Files.readString(file);
      var blocks = Pem.blocks(text);
      if (blocks.size() == 1 && blocks.getFirst().kind().equals(KIND)) {
        var key = new X509EncodedKeySpec(blocks.getFirst().bytes());
        return KeyFactory.getInstance("Ed25519").generatePublic(key);
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unfit) {
      // Told below, as what is no PEM.
    }
    return bad(
        name,
        "is no public key of Ed25519",
        "openssl pkey -in private.pem -pubout -out %s".formatted(place));
  }

  private @Nullable PublicKey bad(Text name, String problem, String help) {
    mistakes.add(name.mark(), "E503", "'%s' %s".formatted(name.text(), problem), help);
    return null;
  }
}
