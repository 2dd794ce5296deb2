package org.kerbside.drivers.coap;

import static org.eclipse.californium.core.coap.CoAP.ResponseCode.BAD_REQUEST;
import static org.eclipse.californium.core.coap.CoAP.ResponseCode.CHANGED;
import static org.eclipse.californium.core.coap.CoAP.ResponseCode.FORBIDDEN;
import static org.eclipse.californium.core.coap.CoAP.ResponseCode.NOT_FOUND;
import static org.eclipse.californium.core.coap.CoAP.ResponseCode.SERVICE_UNAVAILABLE;
import static org.eclipse.californium.core.coap.CoAP.ResponseCode.UNSUPPORTED_CONTENT_FORMAT;

import java.security.Principal;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.auth.X509CertPath;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Senml;
import org.kerbside.drivers.api.SenmlPack;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Sha256;

/** {@code POST /s/{device}}: a pack is answered 2.04 once it is committed. Thread-safe. */
final class Packs extends CoapResource {

  private static final String FORMATS = "send SenML as content format 110 (JSON) or 112 (CBOR)";
  private static final int LONGEST_DIAGNOSIS = 512; // characters
  private static final int HASHED = 16; // bytes of it: no two bodies share them by chance
  private static final long WHEN_FULL = 5; // s, Max-Age
  private static final long WHEN_REFUSED = 30;

  // A sender repeats after 2 s at the earliest (RFC 7252 §4.8); by then it must know we have it.
  private static final long ACCEPT_MILLIS = 1200;

  private final Map<String, List<Asset>> assets;
  private final Inlet inlet;
  private final InstantSource receipt;
  private final ScheduledExecutorService timer;

  Packs(
      Map<String, List<Asset>> assets,
      Inlet inlet,
      InstantSource receipt,
      ScheduledExecutorService timer) {
    super("s", true);
    getAttributes().setTitle("POST a SenML pack to /s/{device}");
    getAttributes().addContentType(Senml.Form.JSON.contentFormat());
    getAttributes().addContentType(Senml.Form.CBOR.contentFormat());
    this.assets = assets;
    this.inlet = inlet;
    this.receipt = receipt;
    this.timer = timer;
  }

  /** Every device is here: one resource answers for all. */
  @Override
  public Resource getChild(String name) {
    return this;
  }

  @Override
  public void handlePOST(CoapExchange exchange) {
    var path = exchange.getRequestOptions().getUriPath();
    String device = String.join("/", path.subList(1, path.size()));
    var known = assets.get(device);
    if (known == null) {
      inlet.report("unknown-device", device, "it posts to /s/%s".formatted(device));
      answer(exchange, NOT_FOUND, "no device of this site is '%s'".formatted(device));
      return;
    }
    var speaker = speaker(exchange);
    if (speaker != null && !speaker.equals(device)) {
      inlet.report("forbidden", speaker, "it posts to /s/%s".formatted(device));
      answer(exchange, FORBIDDEN, "you are '%1$s': post to /s/%1$s".formatted(speaker));
      return;
    }
    int format = exchange.getRequestOptions().getContentFormat();
    var form = Senml.Form.of(format);
    if (form == null) {
      String problem =
          "content format %s: %s".formatted(format < 0 ? "missing" : "" + format, FORMATS);
      inlet.report("malformed", device, problem);
      answer(exchange, UNSUPPORTED_CONTENT_FORMAT, problem);
      return;
    }
    try {
      var pack = Senml.decode(form, exchange.getRequestPayload(), receipt.instant());
      deliver(exchange, device, pack.of(device, known), key(exchange, device, pack.dating()));
    } catch (BadTelegram told) {
      refuse(exchange, device, told.getMessage());
    }
  }

  /** Whom the other side proved to be; null in plaintext. */
  private static @Nullable String speaker(CoapExchange exchange) {
    return switch (exchange.advanced().getRequest().getSourceContext().getPeerIdentity()) {
      case null -> null;
      case X509CertPath certificate -> String.valueOf(certificate.getCN());
      case Principal other -> other.getName();
    };
  }

  private void deliver(CoapExchange exchange, String device, SenmlPack.Said said, String key) {
    if (said.samples().isEmpty()) {
      refuse(
          exchange,
          device,
          said.problems().isEmpty()
              ? "senml: no record has a value"
              : String.join("; ", said.problems()));
      return;
    }
    var sender = new Sender(exchange);
    var delivery =
        new Delivery(device, said.samples(), said.problems(), sender, Delivery.Sending.FIRST, key);
    if (!inlet.offer(delivery)) {
      sender.later("the intake is full", WHEN_FULL);
    }
  }

  private void refuse(CoapExchange exchange, String device, String problem) {
    inlet.report("malformed", device, problem);
    answer(exchange, BAD_REQUEST, problem);
  }

  /**
   * A client that got no answer, as when we died, may post a pack anew under another message id; in
   * blocks it always does. Where the bytes alone say all, they are the name.
   */
  private static String key(CoapExchange exchange, String device, SenmlPack.Dating dating) {
    return switch (dating) {
      case ABSOLUTE -> "%s#%s".formatted(device, hash(exchange.getRequestPayload()));
      case RECEIPT -> {
        var request = exchange.advanced().getRequest();
        yield "%s#%d#%s"
            .formatted(
                exchange.getSourceSocketAddress(), request.getMID(), request.getTokenString());
      }
    };
  }

  private static String hash(byte[] body) {
    return HexFormat.of().formatHex(Sha256.bytes(body), 0, HASHED);
  }

  private static void answer(CoapExchange exchange, ResponseCode code, String diagnosis) {
    exchange.respond(
        code,
        diagnosis.length() <= LONGEST_DIAGNOSIS
            ? diagnosis
            : diagnosis.substring(0, LONGEST_DIAGNOSIS) + "…");
  }

  /** The one who waits for an answer. */
  private final class Sender implements Receipt {

    private final CoapExchange exchange;
    private final Future<?> acceptance;

    Sender(CoapExchange exchange) {
      this.exchange = exchange;
      this.acceptance = timer.schedule(exchange::accept, ACCEPT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void kept() {
      acceptance.cancel(false);
      exchange.respond(CHANGED);
    }

    @Override
    public void refused(String reason) {
      later(reason, WHEN_REFUSED);
    }

    void later(String reason, long seconds) {
      acceptance.cancel(false);
      var response = new Response(SERVICE_UNAVAILABLE);
      response.getOptions().setMaxAge(seconds);
      response.setPayload("not kept: %s; send it again".formatted(reason));
      exchange.respond(response);
    }
  }
}
