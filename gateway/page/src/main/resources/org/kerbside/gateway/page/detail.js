// A point's past to look into: least, mean and most, in the site's own time; a gap stays a gap.
const load = (tag, set) => new Promise((done, failed) => {
  const node = Object.assign(document.createElement(tag), set);
  node.onload = done;
  node.onerror = failed;
  document.head.append(node);
});
export const draw = async button => {
  const { detail, zone, uplot, style } = button.dataset;
  button.disabled = true;
  try {
    const [answer] = await Promise.all([
      fetch(detail).then(got => got.ok ? got.json() : Promise.reject(got.status)),
      window.uPlot || load('script', { src: uplot }),
      load('link', { rel: 'stylesheet', href: style })]);
    const held = answer.held && answer.held.true;
    const lines = held
      ? [held.map((s, i) => s === null ? null : answer.known[i] ? s / answer.known[i] : null)]
      : [answer.mean, answer.min, answer.max];
    const week = answer.t.length > 1 && answer.t.at(-1) - answer.t[0] > 2 * 86400;
    const told = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hourCycle: 'h23',
      ...(week ? { month: '2-digit', day: '2-digit' } : { hour: '2-digit', minute: '2-digit' }) });
    const ink = getComputedStyle(document.body).color;
    const axis = { stroke: ink, grid: { stroke: '#7676764d' } };
    const room = document.createElement('div');
    room.className = 'detail';
    button.replaceWith(room);
    new uPlot({
      width: room.clientWidth,
      height: 260,
      tzDate: t => uPlot.tzDate(new Date(t * 1000), zone),
      axes: [{ ...axis, values: (_, times) => times.map(t => told.format(t * 1000)) }, { ...axis, size: 60 }],
      series: [{}, ...lines.map((_, i) => ({
        stroke: ink, width: i ? 1 : 2, dash: i ? [4, 4] : [],
        spanGaps: false }))],
      legend: { show: false }
    }, [answer.t, ...lines], room);
  } catch {
    button.disabled = false;
  }
};
