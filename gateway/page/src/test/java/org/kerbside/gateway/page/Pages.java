package org.kerbside.gateway.page;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.ClockDoor;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Fitter;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.SiteView;

/** Makes a page's server on a free port of this machine; what a test does not name is not there. */
final class Pages {

  private final SiteView view;
  private History history = History.NONE;
  private Supplier<List<Metric>> metrics = List::of;
  private Chronicle chronicle = Chronicle.NONE;
  private Machine machine = Machine.NONE;
  private Checkup checkup = Checkup.NONE;
  private CrewDoor crew = CrewDoor.CLOSED;
  private Fitter fitter = Fitter.CLOSED;
  private ClockDoor clock = ClockDoor.CLOSED;
  private PageSettings settings = PageSettings.DEFAULTS;
  private Access access = Access.closed();

  private Pages(SiteView view) {
    this.view = view;
  }

  static Pages of(SiteView view) {
    return new Pages(view);
  }

  Pages history(History kept) {
    history = kept;
    return this;
  }

  Pages metrics(Supplier<List<Metric>> told) {
    metrics = told;
    return this;
  }

  Pages chronicle(Chronicle happened) {
    chronicle = happened;
    return this;
  }

  Pages machine(Machine gateway) {
    machine = gateway;
    return this;
  }

  Pages checkup(Checkup doctor) {
    checkup = doctor;
    return this;
  }

  Pages crew(CrewDoor door) {
    crew = door;
    return this;
  }

  Pages fitter(Fitter keeper) {
    fitter = keeper;
    return this;
  }

  Pages clock(ClockDoor door) {
    clock = door;
    return this;
  }

  Pages settings(PageSettings others) {
    settings = others;
    return this;
  }

  Pages access(Access lock) {
    access = lock;
    return this;
  }

  /** Not started yet. */
  PageServer server() {
    return new PageServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new Shown(view, history, metrics, chronicle, machine, checkup, crew, fitter, clock),
        settings,
        access);
  }
}
