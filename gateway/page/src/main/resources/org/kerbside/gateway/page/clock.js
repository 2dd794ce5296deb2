// What day the phone has, in a login at a gateway that knows none.
(() => {
  const today = document.querySelector('[data-today]');
  const now = new Date();
  if (today) today.value = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
})();
// The phone's own time goes along, as it was when the page was drawn: the gateway adds what has
// passed since. Shown in the site's zone, so that who sets it sees what the gateway will show.
(() => {
  const shown = document.querySelector('[data-zone]');
  if (!shown) return;
  document.querySelector('[name=phone]').value = Date.now();
  const local = document.querySelector('#local');
  local.required = false;
  document.querySelector('#typed').hidden = true;
  document.querySelector('#phone').hidden = false;
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    timeZone: shown.dataset.zone, dateStyle: 'medium', timeStyle: 'medium', hour12: false });
  const tell = () => { shown.textContent = words.format(new Date()); };
  tell();
  setInterval(tell, 1000);
})();
