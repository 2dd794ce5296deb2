// What the sensor says at this moment, three times a second, for as long as somebody looks.
const shown = document.querySelector('[data-look]');
(async () => {
  for (let status = 200; status < 400 || status > 499;) {
    await new Promise(done => setTimeout(done, 333));
    if (document.hidden) continue;
    try {
      const answer = await fetch(shown.dataset.look);
      status = answer.status;
      shown.textContent = answer.ok ? await answer.text() : '\u2013';
    } catch {
      shown.textContent = '\u2013';
    }
  }
})();
