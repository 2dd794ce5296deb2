package org.kerbside.gateway.page;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Locale;

/**
 * The label inside the cabinet's door, as SVG on A6: a code that joins the access point, one that
 * opens the page, and both in plain text, for who has no camera.
 *
 * @param site its name for people
 * @param gateway its id
 * @param point the access point
 * @param hotline the city's number
 */
public record DoorLabel(String site, String gateway, AccessPoint point, String hotline) {

  private static final int WIDTH = 148; // mm, A6 across
  private static final int HEIGHT = 105;

  /** Of a code's side; it must be read by an old phone on a dirty door. */
  private static final int CODE = 48; // mm

  private static final int QUIET = 4; // modules around a code (ISO/IEC 18004)

  /** What a phone's camera takes for «join this network»; its own signs are escaped. */
  String joins() {
    return "WIFI:T:WPA;S:%s;P:%s;;".formatted(escaped(point.network()), escaped(point.password()));
  }

  /** In capitals: a code of fewer modules, readable when dirty. */
  String opens() {
    return "HTTP://%s/".formatted(point.address().toUpperCase(Locale.ROOT));
  }

  /** The whole label. */
  public String svg() {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$dmm" height="%2$dmm" viewBox="0 0 %1$d %2$d" role="img" aria-label="%3$s %4$s">
        <rect width="%1$d" height="%2$d" fill="#fff"/>
        <g font-family="sans-serif" fill="#000">
        <text x="8" y="13" font-size="7">%3$s</text>
        <text x="8" y="20" font-size="4">%4$s · %5$s</text>
        <text x="8" y="28" font-size="4">1 Wi-Fi</text><text x="84" y="28" font-size="4">2 HTTP</text>
        %6$s
        %7$s
        <text x="8" y="88" font-size="5">%8$s</text><text x="8" y="96" font-size="5">%9$s</text>
        <text x="84" y="88" font-size="5">http://%10$s/</text>
        </g>
        </svg>
        """
        .formatted(
            WIDTH,
            HEIGHT,
            text(site),
            text(gateway),
            text(hotline),
            code(joins(), 8),
            code(opens(), 84),
            text(point.network()),
            text(point.password()),
            text(point.address()));
  }

  private static String code(String content, int x) {
    var modules = modules(content);
    int side = modules.getWidth() + 2 * QUIET;
    var path = new StringBuilder();
    for (int row = 0; row < modules.getHeight(); row++) {
      for (int column = 0; column < modules.getWidth(); column++) {
        if (modules.get(column, row) == 1) {
          path.append("M%d %dh1v1h-1z".formatted(column + QUIET, row + QUIET));
        }
      }
    }
    return "<svg x=\"%d\" y=\"31\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path d=\"%s\"/></svg>"
        .formatted(x, CODE, CODE, side, side, path);
  }

  /** With 15 % of it gone it is still read: level M (ISO/IEC 18004). */
  static ByteMatrix modules(String content) {
    try {
      return Encoder.encode(content, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException tooLong) {
      throw new IllegalArgumentException("'%s' fits no code".formatted(content), tooLong);
    }
  }

  private static String escaped(String word) {
    return word.replaceAll("([\\\\;,:\"])", "\\\\$1");
  }

  private static String text(String word) {
    return word.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
