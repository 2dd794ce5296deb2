package org.kerbside.deploy.platform.receiver;

/**
 * Whose numbers a seq belongs to.
 *
 * @param gateway its topics' prefix: {@code kerbside/1/{tenant}/{id}}
 * @param stream {@code d} or {@code e}
 */
record Place(String gateway, String epoch, String stream) {

  /** Tenant and id: what people call it. */
  String name() {
    int id = gateway.lastIndexOf('/');
    int tenant = gateway.lastIndexOf('/', id - 1);
    return gateway.substring(tenant + 1);
  }
}
