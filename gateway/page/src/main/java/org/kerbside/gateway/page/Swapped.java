package org.kerbside.gateway.page;

/** What is said after a device was swapped: where to go on while the gateway begins again. */
record Swapped(Sheet sheet, String asset, String name) {}
