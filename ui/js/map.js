// Communes coloured by a number. Geometry comes from a GeoJSON address, numbers from a JSON island on the page, so a live
// refresh of the island recolours the map. The table with the same numbers stands below for everyone.
//
//   <div class="map" data-map data-geo="/…/communes.geojson" data-values="#map-values" data-legend="#map-legend"></div>
//   <script type="application/json" id="map-values">{"areas":[{"code":"24611","name":"…","n":12,"text":"12 khách","href":"/…"},
//     {"code":"…","name":"…","hidden":true}]}</script>
// A feature with the property `outline` is drawn behind the others and means nothing by itself.
// breaks (upper ends of the first four classes) may be given; else they are made from the numbers.
import { control, geoJSON, map as newMap, svg } from 'leaflet/dist/leaflet-src.esm.js';
import { say } from './words.js';

const PADDING = 12; // pixels between the shapes and the edge of the box

document.querySelectorAll('[data-map]').forEach((box) => {
  draw(box).catch(() => {
    box.textContent = say('mapFail');
    box.classList.add('empty');
  });
});

async function draw(box) {
  box.dataset.wait = say('mapWait');
  const answer = await fetch(box.dataset.geo, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(String(answer.status));
  const geo = await answer.json();
  const map = newMap(box, {
    zoomControl: false, attributionControl: false, keyboard: false, zoomSnap: .25, scrollWheelZoom: false, renderer: svg({ padding: .4 }),
  });
  control.zoom({ position: 'topright', zoomInTitle: say('zoomIn'), zoomOutTitle: say('zoomOut') }).addTo(map);
  const behind = (feature) => Boolean(feature.properties.outline);
  const look = (className) => ({ className, fillOpacity: 1, weight: 1.2, smoothFactor: .3 });
  const ground = geoJSON(geo, { filter: behind, interactive: false, style: look('outline') }).addTo(map);
  const layer = geoJSON(geo, { filter: (feature) => !behind(feature), style: look('area') }).addTo(map);
  const bounds = layer.getBounds().extend(ground.getBounds());
  // A box without room (a closed panel, a page being measured for print) has no zoom that fits: Leaflet would compute NaN.
  const roomy = () => Math.min(box.clientWidth, box.clientHeight) > 2 * PADDING;
  const fit = () => roomy() && map.invalidateSize({ pan: false }).fitBounds(bounds, { padding: [PADDING, PADDING], animate: false });
  await until(box, roomy);
  fit();
  let touched = false; // once the reader has moved the map it stays where it was put
  box.addEventListener('pointerdown', () => { touched = true; });
  new ResizeObserver(() => touched || fit()).observe(box);
  const areas = [];
  layer.eachLayer((one) => areas.push({ one, code: String(one.feature.properties.code), name: one.feature.properties.name_vi || '' }));
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', say('mapHelp'));
  paint(box, areas);
  keyboard(box, areas);
  document.addEventListener('bon:fresh', () => paint(box, areas));
}

function until(box, holds) {
  if (holds()) return undefined;
  return new Promise((done) => {
    const watch = new ResizeObserver(() => {
      if (!holds()) return;
      watch.disconnect();
      done();
    });
    watch.observe(box);
  });
}

function values(box) {
  const island = document.querySelector(box.dataset.values);
  return island ? JSON.parse(island.textContent) : { areas: [] };
}

// Quarters of the areas that have a number: each class but zero holds about as many communes as the next.
function breaksOf(data) {
  if (data.breaks) return data.breaks;
  const all = data.areas.filter((a) => !a.hidden && a.n > 0).map((a) => a.n).sort((a, b) => a - b);
  if (!all.length) return [];
  const ends = [.2, .4, .6, .8].map((q) => all[Math.floor(q * (all.length - 1))]);
  const most = all[all.length - 1];
  return ends.filter((v, i) => v < most && (i === 0 || v > ends[i - 1]));
}

function classOf(area, breaks) {
  if (!area) return 'none';
  if (area.hidden) return 'hidden';
  if (area.n === 0) return '0';
  const i = breaks.findIndex((end) => area.n <= end);
  return String(1 + (i < 0 ? breaks.length : i));
}

function paint(box, areas) {
  const data = values(box);
  const breaks = breaksOf(data);
  const byCode = new Map(data.areas.map((a) => [String(a.code), a]));
  areas.forEach((a) => {
    const area = byCode.get(a.code);
    const path = a.one.getElement();
    path.setAttribute('class', `leaflet-interactive area fill-${classOf(area, breaks)}`);
    path.removeAttribute('fill');
    path.removeAttribute('stroke');
    path.removeAttribute('stroke-width');
    const name = area?.name || a.name;
    const words = area ? (area.hidden ? say('hidden') : area.text ?? String(area.n)) : say('none');
    path.setAttribute('role', area?.href ? 'link' : 'img');
    path.setAttribute('aria-label', `${name}: ${words}`);
    a.href = area?.href;
    a.one.unbindTooltip().bindTooltip(label(name, words), { sticky: false, direction: 'auto' });
  });
  legend(document.querySelector(box.dataset.legend), breaks, data);
}

function label(name, words) {
  const el = document.createElement('span');
  const strong = document.createElement('strong');
  strong.textContent = name;
  el.append(strong, document.createElement('br'), words);
  return el;
}

const span = (a, b) => (a === b ? String(a) : say('from', { a, b }));

function legend(list, breaks, data) {
  if (!list) return;
  const rows = [['0', '0']];
  breaks.forEach((end, i) => rows.push([String(i + 1), span(i ? breaks[i - 1] + 1 : 1, end)]));
  const last = breaks.length ? breaks[breaks.length - 1] : 0;
  if (data.areas.some((a) => !a.hidden && a.n > last)) rows.push([String(breaks.length + 1), `> ${last}`]);
  if (data.areas.some((a) => a.hidden)) rows.push(['hidden', say('hidden')]);
  list.replaceChildren(...rows.map(([kind, words]) => {
    const li = document.createElement('li');
    li.innerHTML = `<svg aria-hidden="true"><rect width="100%" height="100%" class="fill-${kind}"/></svg>`;
    li.append(words);
    return li;
  }));
}

// One stop for Tab; arrows go to the nearest commune in that direction, Enter opens it.
function keyboard(box, areas) {
  let at = 0;
  areas.forEach((a, i) => {
    const path = a.one.getElement();
    path.setAttribute('tabindex', i ? '-1' : '0');
    path.addEventListener('focus', () => a.one.openTooltip());
    path.addEventListener('blur', () => a.one.closeTooltip());
    path.addEventListener('click', () => a.href && location.assign(a.href));
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && areas[at].href) {
      location.assign(areas[at].href);
      return;
    }
    const to = nearest(areas, at, event.key);
    if (to < 0) return;
    event.preventDefault();
    areas[at].one.getElement().setAttribute('tabindex', '-1');
    at = to;
    const path = areas[at].one.getElement();
    path.setAttribute('tabindex', '0');
    path.focus({ preventScroll: true });
  });
}

function nearest(areas, from, key) {
  const way = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
  if (!way) return -1;
  const here = areas[from].one.getBounds().getCenter();
  let best = -1;
  let least = Infinity;
  areas.forEach((a, i) => {
    const there = a.one.getBounds().getCenter();
    const dx = there.lng - here.lng;
    const dy = there.lat - here.lat;
    const along = dx * way[0] + dy * way[1];
    if (i === from || along <= 0) return;
    const cost = along + 2.5 * Math.abs(dx * way[1] - dy * way[0]); // sideways counts more: "right" should feel like right
    if (cost < least) [least, best] = [cost, i];
  });
  return best;
}
