package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is read out of a photo, and what is not even tried. */
class PhotoTest {

  private static final String CODE = "LW:D0:24E1240000000001:24E124713B010001:002A1234";

  @Test
  void aCodeIsReadThoughTheLabelHangsAskewInALargePhoto() throws IOException {
    assertThat(read(Photos.of(CODE))).isEqualTo(new Photo.Seen.Said(CODE));
    assertThat(read(Photos.png(Photos.wall(900, 700, "bin-2"))))
        .isEqualTo(new Photo.Seen.Said("bin-2"));
  }

  @Test
  void aPhotoWithoutACodeIsToldFromNoPhoto() throws IOException {
    var wall = Photos.wall(900, 700, "");
    assertThat(read(Photos.jpeg(wall, Photos.Passes.ONE))).isEqualTo(new Photo.Seen.NoCode());
    var gif = new ByteArrayOutputStream();
    ImageIO.write(wall, "gif", gif);
    for (var none : new byte[][] {{}, {1, 2, 3}, "<svg>".getBytes(US_ASCII), gif.toByteArray()}) {
      assertThat(read(none)).isEqualTo(new Photo.Seen.NoPicture());
    }
  }

  @Test
  void whatEndsInTheMiddleIsNeverMoreThanNothing() throws IOException {
    for (var whole :
        new byte[][] {
          Photos.jpeg(Photos.wall(900, 700, ""), Photos.Passes.ONE),
          Photos.png(Photos.wall(900, 700, ""))
        }) {
      for (int length = 2; length < whole.length; length = length * 3 / 2 + 1) {
        assertThat(read(Arrays.copyOf(whole, length)))
            .isIn(new Photo.Seen.NoPicture(), new Photo.Seen.NoCode(), new Photo.Seen.TooLarge());
      }
    }
  }

  /** A few bytes that would be gigabytes once decoded. */
  @Test
  void aPictureThatIsTooLargeIsKnownByItsHeader() throws IOException {
    var png = Photos.png(Photos.wall(40, 40, ""));
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000); // width and height, in IHDR
    assertThat(read(png)).isEqualTo(new Photo.Seen.TooLarge());
    ByteBuffer.wrap(png).putInt(16, 20_000_000).putInt(20, 1); // one row, and a long one
    assertThat(read(png)).isEqualTo(new Photo.Seen.TooLarge());
    var jpeg = Photos.jpeg(Photos.wall(40, 40, ""), Photos.Passes.ONE);
    int frame = frame(jpeg);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 8_000).putShort(frame + 7, (short) 8_000);
    assertThat(read(jpeg)).isEqualTo(new Photo.Seen.TooLarge());
  }

  /** All of it would be held until its last byte. */
  @Test
  void aPictureInPassesIsHeldToLess() throws IOException {
    var wall = Photos.wall(2_500, 2_000, "");
    assertThat(read(Photos.jpeg(wall, Photos.Passes.ONE))).isEqualTo(new Photo.Seen.NoCode());
    assertThat(read(Photos.jpeg(wall, Photos.Passes.SEVERAL))).isEqualTo(new Photo.Seen.TooLarge());
  }

  private static Photo.Seen read(byte[] file) {
    return Photo.read(new ByteArrayInputStream(file));
  }

  private static int frame(byte[] jpeg) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
        return i;
      }
    }
    throw new AssertionError("no frame");
  }
}
