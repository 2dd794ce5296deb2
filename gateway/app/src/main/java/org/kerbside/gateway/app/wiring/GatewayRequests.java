package org.kerbside.gateway.app.wiring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests;
import org.kerbside.gateway.page.Attendance;
import org.kerbside.gateway.page.Exposition;

/** What a gateway can be asked, and ordered, over the control socket. */
record GatewayRequests(Rooms rooms) {

  Requests requests() {
    return new Requests(answers(), about(), deeds());
  }

  private Map<String, Supplier<String>> answers() {
    var field = rooms.field;
    var pipeline = rooms.pipeline;
    var status =
        new Status(
            rooms.plan,
            pipeline.view(),
            rooms.journal,
            rooms.wear,
            rooms.running.clock(),
            rooms.integrations::standings);
    var answers = new LinkedHashMap<>(status.answers());
    answers.putAll(new AlarmList(pipeline.view()).answers());
    answers.put(
        ControlServer.request("buses", Format.TEXT),
        () -> Roster.text(field.devices(), pipeline.view().overview()));
    answers.put(ControlServer.request("refusing", Format.TEXT), pipeline::refusing);
    answers.put(
        ControlServer.request("metrics", Format.TEXT), () -> Exposition.of(rooms.metrics.get()));
    answers.put(Identifying.LOOK, this::lookAtCertificate);
    return answers;
  }

  private String lookAtCertificate() {
    rooms.inspection.look();
    return "looks";
  }

  private Map<String, Requests.About> about() {
    var about = new LinkedHashMap<>(new Chain(rooms.pipeline.view()).answers());
    about.putAll(rooms.field.looking().answers());
    about.putAll(rooms.commissioning.answers());
    return about;
  }

  private Map<String, Requests.Deed> deeds() {
    var view = rooms.pipeline.view();
    var deeds = new LinkedHashMap<>(rooms.reloading.deeds());
    deeds.putAll(new Commanding(rooms.errands, view, new Attendance(view, rooms.button)).deeds());
    deeds.putAll(rooms.commissioning.deeds());
    deeds.putAll(rooms.field.simulating().deeds());
    return deeds;
  }
}
