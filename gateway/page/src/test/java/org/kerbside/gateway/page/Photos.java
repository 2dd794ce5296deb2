package org.kerbside.gateway.page;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** Photos as a phone sends them: a label that hangs a little askew on a grey wall. */
final class Photos {

  /** How a JPEG's picture comes. */
  enum Passes {
    ONE,
    SEVERAL
  }

  private Photos() {}

  /** Of a label with that code, 12 megapixels. */
  static byte[] of(String code) throws IOException {
    return jpeg(wall(4000, 3000, code), Passes.ONE);
  }

  static BufferedImage wall(int width, int height, String code) {
    var wall = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    var brush = wall.createGraphics();
    var grain = new Random(7);
    for (int y = 0; y < height; y += 40) {
      for (int x = 0; x < width; x += 40) {
        int shade = 120 + grain.nextInt(60);
        brush.setColor(new Color(shade, shade, shade));
        brush.fillRect(x, y, 40, 40);
      }
    }
    if (!code.isEmpty()) {
      brush.rotate(Math.toRadians(8), width / 2.0, height / 2.0);
      brush.translate(width * 2 / 5, height * 2 / 5);
      stick(brush, code, width / 5);
    }
    brush.dispose();
    return wall;
  }

  private static void stick(Graphics2D brush, String code, int side) {
    var modules = DoorLabel.modules(code);
    int all = modules.getWidth() + 8; // with what must stay white around it
    var label = new BufferedImage(all, all, BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < all; row++) {
      for (int column = 0; column < all; column++) {
        boolean isInside = Math.min(row, column) >= 4 && Math.max(row, column) < all - 4;
        boolean isDark = isInside && modules.get(column - 4, row - 4) == 1;
        label.setRGB(column, row, isDark ? 0x101010 : 0xF0F0F0);
      }
    }
    brush.drawImage(label, 0, 0, side, side, null);
  }

  static byte[] jpeg(BufferedImage picture, Passes passes) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      var how = writer.getDefaultWriteParam();
      how.setProgressiveMode(
          passes == Passes.ONE ? ImageWriteParam.MODE_DISABLED : ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static byte[] png(BufferedImage picture) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }
}
