package org.kerbside.drivers.api;

/**
 * One bus, open or not. Touches nothing before {@link #open}; then it runs on threads of its own
 * and heals itself: a peer that is away is no exception.
 */
public interface Driver extends AutoCloseable {

  /** Starts to deliver. Throws only for what no waiting mends: a taken port, a refused option. */
  void open(Inlet inlet) throws DeviceException;

  /** Stops to deliver, within two seconds; what is unacknowledged stays so. Idempotent. */
  @Override
  void close();
}
