// A page that waits for something to happen looks again by itself, once somebody answers: what the
// browser shows where nobody does has no script of ours.
(async () => {
  for (;;) {
    await new Promise(done => setTimeout(done, 2000));
    try {
      await fetch(location, { method: 'HEAD' });
      return location.reload();
    } catch {
      // The gateway begins again.
    }
  }
})();
