package org.kerbside.gateway.page;

/** Who reads: what tells of people is for those who work here. */
enum Reader {
  VIEWER,
  CREW
}
