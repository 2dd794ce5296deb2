package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Fitter.Met.Somebody;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.ScanForm.Reach;
import org.kerbside.gateway.page.ScanForm.Row;

/**
 * The first step of taking something into service: which device is it? Found on a bus, or named by
 * the label that a photo shows; then blinking, or put into an asset's place. The site's file stays
 * whoever's it is: for a new asset there is a line to be handed to him.
 */
final class ScanPages {

  /** Of a photo with its form, in bytes. */
  static final long LARGEST = 8L * 1024 * 1024;

  /** What is still taken in, to be thrown away: a browser shows no answer before all is sent. */
  static final long MOST_SENT = 4 * LARGEST;

  static final String PATH = "/scan";
  private static final String LORAWAN = "lorawan";
  private static final String LAMP = "lamp";

  private final Sheets sheets;
  private final Shown shown;
  private final Scan scan;
  private final Semaphore looking = new Semaphore(1); // a picture takes memory

  ScanPages(Sheets sheets, Shown shown, Scan scan) {
    this.sheets = sheets;
    this.shown = shown;
    this.scan = scan;
  }

  /** {@code GET /scan}: what can be looked at, and what was found last. */
  void show(Context context) {
    page(context, null, "");
  }

  /** {@code POST /scan}: begins to look, or stops. */
  void begin(Context context) throws Refusal {
    sheets.gate().admitted(context, Role.INSTALLER);
    var bus = Sheets.field(context, "bus");
    var reach = reaches().get(bus);
    if (!Sheets.field(context, "stop").isEmpty()) {
      scan.stop();
    } else if (reach == null) {
      refused(context, HttpStatus.UNPROCESSABLE_CONTENT, "scan.nothing");
      return;
    } else if (!scan.begin(
        bus, Sheets.field(context, "few").isEmpty() ? reach.addresses() : reach.first())) {
      refused(context, HttpStatus.CONFLICT, "scan.busy");
      return;
    }
    context.redirect(PATH, HttpStatus.SEE_OTHER);
  }

  /** {@code POST /scan/label}: what the label in a photo says, and whose it is. */
  void label(Context context) throws Refusal, IOException {
    boolean isLetIn = sheets.gate().covers(context, Role.INSTALLER);
    if (context.contentLength() > LARGEST) {
      tooMuch(context, isLetIn);
      return;
    }
    if (!isLetIn) {
      passOver(context); // Nobody's photo comes to lie on the disk.
    }
    sheets.gate().admitted(context, Role.INSTALLER);
    var file = context.isMultipartFormData() ? context.uploadedFile("photo") : null;
    if (file == null || file.size() == 0) {
      refused(context, HttpStatus.UNPROCESSABLE_CONTENT, "scan.no-photo");
      return;
    }
    if (!looking.tryAcquire()) {
      refused(context, HttpStatus.SERVICE_UNAVAILABLE, "scan.busy");
      return;
    }
    try {
      switch (Photo.read(file.content())) {
        case Photo.Seen.Said(var text) -> page(context, row(context, new Sticker(text)), "");
        case Photo.Seen.NoCode() ->
            refused(context, HttpStatus.UNPROCESSABLE_CONTENT, "scan.no-code");
        case Photo.Seen.NoPicture() ->
            refused(context, HttpStatus.UNPROCESSABLE_CONTENT, "scan.no-picture");
        case Photo.Seen.TooLarge() ->
            refused(context, HttpStatus.CONTENT_TOO_LARGE, "scan.too-large");
      }
    } finally {
      looking.release();
    }
  }

  /** Nothing is done with it. Of whom nobody let in, nothing is read either. */
  private void tooMuch(Context context, boolean isLetIn) throws IOException {
    context.status(HttpStatus.CONTENT_TOO_LARGE);
    if (isLetIn) {
      passOver(context);
      refused(context, HttpStatus.CONTENT_TOO_LARGE, "scan.too-much");
    }
  }

  private static void passOver(Context context) throws IOException {
    context.req().getInputStream().skipNBytes(Math.max(0, context.contentLength()));
  }

  /** Where a lamp shows which one it is; empty where a device cannot. */
  static String blink(Asset asset) {
    return asset.points().stream()
        .filter(point -> asset.kind().name().equals(LAMP) && point.spec().isWritable())
        .findFirst()
        .map(point -> Tasks.to(Deed.TEST.word(), point.toString()))
        .orElse("");
  }

  private void refused(Context context, HttpStatus status, String key) {
    context.status(status);
    page(context, null, sheets.words(context).find(key));
  }

  private void page(Context context, @Nullable Row label, @Nullable String trouble) {
    var words = sheets.words(context);
    var waiting = scan.goesOn() ? Sheet.Waiting.FOR_THE_STREET : Sheet.Waiting.FOR_THE_READER;
    var progress = scan.progress();
    context.html(
        sheets
            .templates()
            .scan(
                new ScanForm(
                    sheets.sheet(context, "step.scan", PATH, waiting),
                    List.copyOf(reaches().values()),
                    state(progress, words),
                    progress.found().stream().map(met -> row(met, words)).toList(),
                    label,
                    trouble == null ? "" : trouble,
                    sheets.gate().covers(context, Role.INSTALLER),
                    sheets.gate().who(context))));
  }

  private SequencedMap<String, Reach> reaches() {
    var reaches = new LinkedHashMap<String, Reach>();
    shown.fitter().buses().forEach((bus, addresses) -> reaches.put(bus, new Reach(bus, addresses)));
    return reaches;
  }

  private static String state(Scan.Progress progress, Words words) {
    if (progress.bus().isEmpty()) {
      return "";
    }
    var told =
        words.say(
            "scan.state",
            progress.bus(),
            Numbers.count(progress.asked()),
            Numbers.count(progress.all()),
            Numbers.count(progress.found().size()));
    return progress.trouble().isEmpty() ? told : told + " · " + progress.trouble();
  }

  private Row row(Somebody met, Words words) {
    var likely = met.likely().isEmpty() ? "" : met.likely().getFirst();
    var says =
        met.likely().isEmpty()
            ? words.say("scan.unlike")
            : words.say("scan.like", String.join(", ", met.likely()));
    var owner = owner(met.at());
    return owner == null
        ? new Row(met.at(), says + " · " + words.say("scan.free"), place(met.at(), likely, words))
        : new Row(met.at(), says + " · " + owner.name(), own(owner, words));
  }

  private Row row(Context context, Sticker sticker) {
    var words = sheets.words(context);
    var owners = sticker.of(assets(), shown.machine());
    var links = new ArrayList<Link>();
    owners.forEach(owner -> links.addAll(own(owner, words)));
    var eui = sticker.eui();
    if (owners.isEmpty() && eui != null) {
      shown.machine().facts().buses().stream()
          .filter(bus -> bus.driver().equals(LORAWAN))
          .forEach(bus -> links.addAll(place(bus.name() + "/" + eui, "", words)));
    }
    var says =
        owners.isEmpty()
            ? words.say("scan.nobodys")
            : String.join(" · ", owners.stream().map(Asset::name).toList());
    return new Row(sticker.shown(), says, links);
  }

  /** What can be done with a device that speaks for an asset. */
  private static List<Link> own(Asset asset, Words words) {
    var links = new ArrayList<Link>();
    links.add(
        new Link(words.say("step.check") + " " + asset.name(), "/commission/" + asset.id(), ""));
    var blink = blink(asset);
    if (!blink.isEmpty()) {
      links.add(new Link(words.say("step.identify"), blink, ""));
    }
    return links;
  }

  private static List<Link> place(String at, String profile, Words words) {
    return List.of(new Link(words.say("scan.place"), NewcomerPages.path(at, profile), ""));
  }

  private @Nullable Asset owner(String at) {
    return assets().stream()
        .filter(asset -> NewcomerPages.speaks(shown.machine(), asset, at))
        .findFirst()
        .orElse(null);
  }

  private List<Asset> assets() {
    return shown.view().overview().assets();
  }
}
