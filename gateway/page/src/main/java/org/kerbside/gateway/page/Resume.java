package org.kerbside.gateway.page;

/** A form that waited for a login, to be sent with one more tap. */
record Resume(Sheet sheet, Session session, Kept kept) {}
