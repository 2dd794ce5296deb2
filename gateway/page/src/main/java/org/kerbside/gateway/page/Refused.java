package org.kerbside.gateway.page;

/** A refusal as its template takes it. */
record Refused(Sheet sheet, String problem, String remedy) {}
