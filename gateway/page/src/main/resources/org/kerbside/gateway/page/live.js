(() => {
  const d = document, root = d.documentElement, at = id => d.getElementById(id);
  const link = at('link'), word = at('link-word'), say = at('say');
  let source, last = Date.now(), tried = 0, rev = d.body.dataset.rev, polling = 0;
  const page = d.body.dataset.page, ask = page + (page.includes('?') ? '&' : '?') + 'lang=' + root.lang;
  const look = lost => {
    root.classList.toggle('lost', lost);
    root.classList.toggle('live', !lost);
    const text = lost ? link.dataset.lost : link.dataset.live;
    if (word.textContent !== text) word.textContent = text;
  };
  const beat = e => {
    last = Date.now();
    if (e.lastEventId) rev = e.lastEventId;
    look(false);
  };
  const put = (node, flash) => {
    const old = at(node.id);
    if (!old || old.contains(d.activeElement) && d.activeElement !== d.body && node.id !== 'main') return;
    if (old.querySelector('.detail')) return;
    if (old.querySelector('details[open]')) {
      if (!node.querySelector('details')) return;
      node.querySelector('details').open = true;
    }
    if (node.id === 'todo') {
      const title = node.querySelector('h2').textContent;
      if (title !== old.querySelector('h2').textContent) say.textContent = title;
    }
    if (flash && node.id !== 'clock' && node.id !== 'main') node.classList.add('new');
    old.replaceWith(node);
  };
  const patch = e => {
    beat(e);
    const t = d.createElement('template');
    t.innerHTML = e.data;
    for (const node of [...t.content.children]) put(node, true);
  };
  const close = () => { if (source) source.close(); source = null; };
  const open = () => {
    close();
    polling = 0;
    tried = Date.now();
    source = new EventSource('/events?page=' + encodeURIComponent(page) + '&lang=' + root.lang + '&rev=' + rev);
    source.addEventListener('patch', patch);
    source.addEventListener('hb', e => { beat(e); at('clock').textContent = e.data; });
    source.addEventListener('bye', e => { close(); if (e.data === 'full') polling = 10; });
  };
  const poll = async () => {
    try {
      const next = new DOMParser().parseFromString(
        await (await fetch(ask, { cache: 'no-store' })).text(), 'text/html');
      for (const id of ['main', 'nav', 'foot', 'clock']) put(next.getElementById(id), false);
      rev = next.body.dataset.rev;
      beat({});
    } catch { }
  };
  setInterval(() => {
    if (d.hidden) return;
    const now = Date.now();
    if (now - last > 12000) look(true);
    if (polling) { if (polling++ % 10 === 0) poll(); }
    else if (now - Math.max(last, tried) > 20000 || (!source && now - tried > 2000)) open();
  }, 1000);
  d.addEventListener('click', e => {
    const button = e.target.closest('[data-detail]');
    if (button) import(button.dataset.script).then(detail => detail.draw(button));
  });
  d.addEventListener('visibilitychange', () => d.hidden ? close() : open());
  addEventListener('pageshow', e => { if (e.persisted) open(); });
  addEventListener('online', open);
  addEventListener('pagehide', close);
  open();
})();
