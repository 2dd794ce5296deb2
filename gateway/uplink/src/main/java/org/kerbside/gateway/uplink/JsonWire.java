package org.kerbside.gateway.uplink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Wire;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Frames as JSON by the MQTT contract, deflated from a size on. Rendering reuses one buffer and one
 * deflater under this object's lock: one renders at a time. Reading shares nothing.
 */
public final class JsonWire implements Wire {

  static final JsonFactory JSON = new JsonFactory();

  private static final int VERSION = 1;

  private final String gateway;
  private final String boot;
  private final @Nullable Integer compressFrom;

  // Guarded by this.
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(32 * 1024);
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream(8 * 1024);
  private final byte[] chunk = new byte[4096];
  private final Deflater deflater = new Deflater();

  /**
   * The wire of one gateway in one of its lives.
   *
   * @param boot eight random characters of this start, told while the clock is not known
   * @param compressFrom payloads of at least so many bytes are deflated; absent: none are
   */
  public JsonWire(String gateway, String boot, @Nullable Integer compressFrom) {
    this.gateway = gateway;
    this.boot = boot;
    this.compressFrom = compressFrom;
  }

  @Override
  public synchronized Rendered render(Frame frame) {
    text.reset();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      var when = new When(frame.at());
      json.writeStartObject();
      writeHead(json, frame.place(), frame.at().clock());
      if (when.isRelative()) {
        writeBoot(json, new Boot(boot, frame.at().sinceBoot()));
      }
      switch (frame) {
        case Frame.Readings readings -> new FrameWriter(json, when).write(readings.readings());
        case Frame.Single single -> new EventWriter(json, when, boot).write(single.event());
        case Frame.Chained chained ->
            new EventWriter(json, when, boot).writeAudit(chained.audit(), chained.before());
      }
      json.writeEndObject();
    }
    return written();
  }

  /**
   * An event by itself, before it has a place: for those beside the city. In an envelope as on the
   * wire, without epoch, stream and seq.
   */
  public synchronized String told(Event event) {
    text.reset();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      var when = new When(event.at());
      json.writeStartObject();
      json.writeNumberProperty("v", VERSION);
      json.writeStringProperty("gw", gateway);
      json.writeStringProperty("clock", event.at().clock().word());
      if (when.isRelative()) {
        writeBoot(json, new Boot(boot, event.at().sinceBoot()));
      }
      new EventWriter(json, when, boot).write(event);
      json.writeEndObject();
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized Rendered retold(Place place, Contents contents) {
    text.reset();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      writeHead(json, place, contents.clock());
      var start = contents.boot();
      if (start != null) {
        writeBoot(json, start);
      }
      var thin = contents.thin();
      if (thin != null) {
        json.writeStringProperty("thin", thin.word());
      }
      new LineWriter(json, contents).write();
      json.writeEndObject();
    }
    return written();
  }

  @Override
  public synchronized Rendered moved(StoredFrame frame, Place place) {
    text.reset();
    try (var old = JSON.createParser(ObjectReadContext.empty(), plain(frame.rendered()));
        var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new Moving(old, json, place).write(frame.seq());
    } catch (IOException cause) {
      throw new UncheckedIOException("frame: not as rendered: " + cause.getMessage(), cause);
    }
    return written();
  }

  @Override
  public @Nullable Link link(Rendered frame) {
    try (var told = JSON.createParser(ObjectReadContext.empty(), plain(frame))) {
      return new Linking(told).read();
    } catch (IOException cause) {
      throw new UncheckedIOException("frame: not as rendered: " + cause.getMessage(), cause);
    }
  }

  /** What stands in the buffer. */
  private Rendered written() {
    var plain = text.toByteArray();
    return compressFrom == null || plain.length < compressFrom
        ? new Rendered(plain, Rendered.Encoding.PLAIN)
        : new Rendered(deflated(plain), Rendered.Encoding.ZLIB);
  }

  @Override
  public List<Told> readings(Rendered frame) {
    var told = new ArrayList<Told>();
    for (var line : contents(frame).lines()) {
      var value = line.value();
      if (value != null && line.readings() == 1) {
        told.add(new Told(line.point(), line.at(), value));
      }
    }
    return told;
  }

  @Override
  public Contents contents(Rendered frame) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), plain(frame))) {
      return new FrameReader(json).read();
    } catch (IOException cause) {
      throw new UncheckedIOException("frame: not as rendered: " + cause.getMessage(), cause);
    }
  }

  private void writeHead(JsonGenerator json, Place place, ClockQuality clock) {
    json.writeNumberProperty("v", VERSION);
    json.writeStringProperty("gw", gateway);
    json.writeStringProperty("epoch", place.epoch());
    json.writeStringProperty("stream", place.stream().word());
    json.writeNumberProperty("seq", place.seq());
    json.writeStringProperty("clock", clock.word());
  }

  private static void writeBoot(JsonGenerator json, Boot start) {
    json.writeStringProperty("boot", start.name());
    json.writeName("up");
    Numbers.writeSeconds(json, start.up().toMillis());
  }

  private byte[] deflated(byte[] plain) {
    deflater.reset();
    deflater.setInput(plain);
    deflater.finish();
    packed.reset();
    while (!deflater.finished()) {
      packed.write(chunk, 0, deflater.deflate(chunk));
    }
    return packed.toByteArray();
  }

  private static byte[] plain(Rendered frame) throws IOException {
    return switch (frame.encoding()) {
      case PLAIN -> frame.payload();
      case ZLIB -> {
        try (var inflated = new InflaterInputStream(new ByteArrayInputStream(frame.payload()))) {
          yield inflated.readAllBytes();
        }
      }
    };
  }
}
