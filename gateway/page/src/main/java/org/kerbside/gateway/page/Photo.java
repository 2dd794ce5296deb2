package org.kerbside.gateway.page;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileCacheImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the code that is in a phone's photo, JPEG or PNG. Its size is known before a pixel is
 * decoded, and no more pixels are kept than a code needs, so no photo takes much memory. The file
 * lies beside the heap meanwhile.
 */
final class Photo {

  /** What the largest phones send, 5,712 × 4,284, and a little. */
  private static final long MOST_PIXELS = 25_000_000;

  /** All of such a file's coefficients are held until its last byte, outside the heap. */
  private static final long MOST_PROGRESSIVE = 4_000_000;

  private static final int LONGEST_SIDE = 8_192; // one row is decoded at a time
  private static final int ENOUGH = 1_600; // pixels of the longer side that are looked at
  private static final int MOST_SEGMENTS = 100; // of a JPEG, before its picture begins
  private static final Set<String> TAKEN = Set.of("JPEG", "png");

  private static final Map<DecodeHintType, Object> HINTS =
      Map.of(
          DecodeHintType.TRY_HARDER,
          true,
          DecodeHintType.POSSIBLE_FORMATS,
          List.of(BarcodeFormat.QR_CODE, BarcodeFormat.DATA_MATRIX, BarcodeFormat.CODE_128));

  private Photo() {}

  /** What came of it. */
  sealed interface Seen {

    /** The code's own words. */
    record Said(String text) implements Seen {}

    /** A picture, and no code in it that could be read. */
    record NoCode() implements Seen {}

    /** No picture that is read here. */
    record NoPicture() implements Seen {}

    /** More of one than is decoded here. */
    record TooLarge() implements Seen {}
  }

  static Seen read(InputStream file) {
    try (var in = new FileCacheImageInputStream(file, null)) {
      var reader = reader(in);
      return reader == null ? new Seen.NoPicture() : read(reader, in);
    } catch (IOException | RuntimeException broken) {
      // The library throws whatever it likes at what only begins as a picture.
      return new Seen.NoPicture();
    }
  }

  private static Seen read(ImageReader reader, ImageInputStream in) throws IOException {
    try {
      long most = isProgressive(in) ? MOST_PROGRESSIVE : MOST_PIXELS;
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      int longest = Math.max(width, height);
      if (longest > LONGEST_SIDE || (long) width * height > most) {
        return new Seen.TooLarge();
      }
      var few = reader.getDefaultReadParam();
      int step = Math.ceilDiv(longest, ENOUGH);
      few.setSourceSubsampling(step, step, 0, 0);
      return code(reader.read(0, few));
    } finally {
      reader.dispose();
    }
  }

  private static @Nullable ImageReader reader(ImageInputStream in) throws IOException {
    for (var readers = ImageIO.getImageReaders(in); readers.hasNext(); ) {
      var reader = readers.next();
      if (TAKEN.contains(reader.getFormatName())) {
        return reader;
      }
      reader.dispose();
    }
    return null;
  }

  /** Whether a JPEG's picture comes in passes (ITU-T T.81, B.1.1.3: SOF2 for SOF0 or SOF1). */
  private static boolean isProgressive(ImageInputStream in) throws IOException {
    in.mark();
    try {
      if (in.readUnsignedShort() != 0xFFD8) {
        return false;
      }
      for (int i = 0; i < MOST_SEGMENTS; i++) {
        int marker = in.readUnsignedShort();
        if (marker == 0xFFC0 || marker == 0xFFC1) {
          return false;
        }
        if (marker == 0xFFC2) {
          return true;
        }
        in.skipBytes(in.readUnsignedShort() - 2);
      }
      return true; // Nobody knows: as the worse of the two.
    } finally {
      in.reset();
    }
  }

  private static Seen code(BufferedImage picture) {
    var grey = Grey.of(picture);
    var text = grey.code();
    if (text == null) {
      text = grey.halved().code(); // What is grainy or a little blurred is clearer from afar.
    }
    return text == null ? new Seen.NoCode() : new Seen.Said(text);
  }

  /** Brightness, row by row, a byte a pixel. */
  private static final class Grey {

    private final byte[] pixels;
    private final int width;
    private final int height;

    Grey(byte[] pixels, int width, int height) {
      this.pixels = pixels;
      this.width = width;
      this.height = height;
    }

    static Grey of(BufferedImage picture) {
      int width = picture.getWidth();
      int height = picture.getHeight();
      var pixels = new byte[width * height];
      var row = new int[width];
      for (int y = 0; y < height; y++) {
        picture.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          pixels[y * width + x] = grey(row[x]);
        }
      }
      return new Grey(pixels, width, height);
    }

    /** As people see it, about: green counts for half. */
    private static byte grey(int rgb) {
      return (byte) (((rgb >> 16 & 0xFF) + 2 * (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / 4);
    }

    /** Each pixel the mean of four. */
    Grey halved() {
      int half = Math.max(1, width / 2);
      int less = Math.max(1, height / 2);
      var fewer = new byte[half * less];
      for (int y = 0; y < less; y++) {
        for (int x = 0; x < half; x++) {
          fewer[y * half + x] =
              (byte)
                  ((at(2 * x, 2 * y)
                          + at(2 * x + 1, 2 * y)
                          + at(2 * x, 2 * y + 1)
                          + at(2 * x + 1, 2 * y + 1))
                      / 4);
        }
      }
      return new Grey(fewer, half, less);
    }

    private int at(int x, int y) {
      return pixels[Math.min(y, height - 1) * width + Math.min(x, width - 1)] & 0xFF;
    }

    /** The words of the code that is in it; null when none can be read. */
    @Nullable String code() {
      var source = new PlanarYUVLuminanceSource(pixels, width, height, 0, 0, width, height, false);
      try {
        var bitmap = new BinaryBitmap(new HybridBinarizer(source));
        return new MultiFormatReader().decode(bitmap, HINTS).getText();
      } catch (NotFoundException none) {
        return null;
      }
    }
  }
}
