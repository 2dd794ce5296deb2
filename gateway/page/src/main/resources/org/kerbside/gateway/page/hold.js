(() => {
  // A button that moves something is held for a second; by keyboard it asks on one page more.
  const button = document.querySelector('[data-hold]');
  let timer = 0, pointer = false;
  const end = () => { clearTimeout(timer); timer = 0; button.classList.remove('held'); };
  button.addEventListener('pointerdown', () => {
    pointer = true;
    button.classList.add('held');
    timer = setTimeout(() => {
      const held = document.createElement('input');
      held.type = 'hidden';
      held.name = 'held';
      held.value = '1';
      button.form.append(held);
      button.disabled = true;
      button.form.submit();
    }, 1000);
  });
  for (const name of ['pointerup', 'pointerleave', 'pointercancel'])
    button.addEventListener(name, end);
  button.addEventListener('contextmenu', e => e.preventDefault());
  button.addEventListener('click', e => { if (pointer) e.preventDefault(); pointer = false; });
})();
