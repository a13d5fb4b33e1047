"use strict";
const table = document.querySelector("table"), body = table.tBodies[0], find = document.getElementById("find");
const open = document.getElementById("open"), at = document.getElementById("at");
const clauses = table.dataset.clauses.split(" "), names = table.dataset.names.split("\n"), rows = [...body.rows];
const outcomes = JSON.parse(table.dataset.outcomes), wide = 5, high = 16;
const judged = rows.filter(row => row.dataset.s), buttons = [...document.querySelectorAll("[data-kind]")];
const state = { mistake: "", clause: "", stage: "", by: "name", down: false };
let place = null;

// The bars of a stage share its width. It is at least a twelfth, 24 px of a screen of 320, so that a finger hits its head.
const heads = [...document.querySelectorAll("[data-count]")], counts = heads.map(head => Number(head.dataset.count));
const whole = widths => widths.reduce((sum, width) => sum + width, 0);
let widths = counts;
for (let turn = 0; turn < 99; turn++) widths = counts.map(count => Math.max(count, whole(widths) / 12));
const bars = counts.flatMap((count, n) => Array(count).fill(wide * widths[n] / count));
const edges = bars.map((_bar, n) => whole(bars.slice(0, n)));

function failures(row) {
  return clauses.filter((tag, n) => "fet".includes(row.dataset.s[n] || "-"));
}
for (const row of rows) {
  row.failed = failures(row);
  row.held = row.dataset.mistakes.split(" ");
  row.said = [row.dataset.name, row.dataset.why, ...row.failed, ...row.held].join(" ").toLowerCase();
}

function draw(row) {
  const canvas = row.querySelector("canvas");
  if (!canvas) return;
  const letters = row.dataset.s, brush = canvas.getContext("2d"), look = getComputedStyle(table);
  const colour = name => look.getPropertyValue(`--${name}`).trim();
  const colours = { p: colour("right"), f: colour("wrong"), e: colour("broken"), t: colour("broken") };
  canvas.width = whole(bars);
  canvas.height = high;
  brush.fillStyle = colour("blank");
  brush.fillRect(0, 0, canvas.width, high);
  for (let n = 0; n < letters.length; n++) {
    if (!colours[letters[n]]) continue;
    brush.fillStyle = colours[letters[n]];
    brush.fillRect(edges[n], 0, bars[n] * 0.8, high);
  }
  if (place && place.row === row) {
    brush.fillStyle = colour("here");
    brush.fillRect(edges[place.n], 0, bars[place.n] * 0.8, 4);
    brush.fillRect(edges[place.n], high - 4, bars[place.n] * 0.8, 4);
  }
}

function fits(row, words) {
  const tags = words.filter(word => clauses.includes(word)), rest = words.filter(word => !clauses.includes(word));
  return rest.every(word => row.said.includes(word)) && tags.every(tag => row.failed.includes(tag))
    && (!open.checked || !row.dataset.conforms)
    && (!state.mistake || row.held.includes(state.mistake))
    && (!state.clause || row.failed.includes(state.clause))
    && (!state.stage || row.failed.some(tag => tag.slice(0, tag.lastIndexOf("-")) === state.stage));
}

function filter() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    row.hidden = !fits(row, words);
    shown += !row.hidden;
  }
  const output = document.getElementById("shown");
  output.textContent = output.dataset.text.replace("{count}", shown);
  for (const button of buttons) button.setAttribute("aria-pressed", String(state[button.dataset.kind] === button.dataset.value));
  remember();
}

function order() {
  const by = state.by, first = name => (name ? clauses.indexOf(name) : clauses.length);
  for (const head of table.tHead.querySelectorAll("[aria-sort]")) {
    const here = head.querySelector("button").dataset.by === by;
    head.setAttribute("aria-sort", here ? (state.down ? "descending" : "ascending") : "none");
  }
  rows.sort((a, b) => {
    if (!a.dataset.s !== !b.dataset.s) return a.dataset.s ? -1 : 1;
    const x = a.dataset[by], y = b.dataset[by];
    const less = by === "first" ? first(x) - first(y) : by === "name" ? x.localeCompare(y, undefined, { numeric: true }) : x - y;
    return state.down ? -less : less;
  });
  body.append(...rows);
}

function remember() {
  const kept = new URLSearchParams();
  if (find.value) kept.set("find", find.value);
  if (open.checked) kept.set("failed", "1");
  for (const key of ["mistake", "clause", "stage"]) if (state[key]) kept.set(key, state[key]);
  if (state.by !== "name" || state.down) kept.set("sort", (state.down ? "-" : "") + state.by);
  const text = kept.toString();
  if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
}

function recall() {
  const kept = new URLSearchParams(location.hash.slice(1)), sort = kept.get("sort") || "name";
  find.value = kept.get("find") || "";
  open.checked = kept.get("failed") === "1";
  for (const key of ["mistake", "clause", "stage"]) state[key] = kept.get(key) || "";
  state.down = sort.startsWith("-");
  state.by = sort.replace(/^-/, "");
  if (!table.tHead.querySelector(`[data-by="${CSS.escape(state.by)}"]`)) state.by = "name";
  order();
  filter();
  for (const button of buttons) if (button.ariaPressed === "true" && button.closest("details")) button.closest("details").open = true;
}

function point(row, n) {
  const before = place;
  place = { row, n: Math.max(0, Math.min(clauses.length - 1, n)) };
  if (before) draw(before.row);
  draw(row);
  const letter = row.dataset.s[place.n];
  at.textContent = `${row.dataset.name}: ${clauses[place.n]}, ${outcomes[letter]}. ${names[place.n]}`;
  for (const one of judged) one.querySelector("canvas").tabIndex = one === row ? 0 : -1;
}

function pointed(event) {
  if (event.target.tagName !== "CANVAS") return;
  const box = event.target.getBoundingClientRect();
  const x = (event.clientX - box.left) / box.width * whole(bars);
  point(event.target.closest("tr"), edges.filter(edge => edge <= x).length - 1);
}

for (const button of table.tHead.querySelectorAll("[data-by]")) {
  button.addEventListener("click", () => {
    state.down = state.by === button.dataset.by && !state.down;
    state.by = button.dataset.by;
    order();
    remember();
  });
}
for (const button of buttons) {
  button.addEventListener("click", () => {
    const { kind, value } = button.dataset;
    state[kind] = state[kind] === value ? "" : value;
    filter();
  });
}
find.addEventListener("input", filter);
open.addEventListener("change", filter);
document.querySelector("form").addEventListener("submit", event => event.preventDefault());
table.addEventListener("pointermove", pointed);
table.addEventListener("pointerdown", pointed);
table.addEventListener("keydown", event => {
  if (event.target.tagName !== "CANVAS") return;
  const row = event.target.closest("tr"), n = place && place.row === row ? place.n : -1;
  const shown = rows.filter(one => !one.hidden && one.dataset.s), here = shown.indexOf(row);
  const to = { ArrowRight: [row, n + 1], ArrowLeft: [row, n - 1], Home: [row, 0], End: [row, clauses.length - 1],
    ArrowDown: [shown[here + 1], n], ArrowUp: [shown[here - 1], n] }[event.key];
  if (!to || !to[0]) return;
  event.preventDefault();
  point(to[0], to[1]);
  to[0].querySelector("canvas").focus();
});
heads.forEach((head, n) => { head.style.flexGrow = widths[n]; });
addEventListener("hashchange", recall);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => judged.forEach(draw));
for (const one of document.querySelectorAll("details.lists")) one.open = matchMedia("(min-width: 45rem)").matches;
const seen = new IntersectionObserver(entries => {
  for (const entry of entries) if (entry.isIntersecting) { draw(entry.target); seen.unobserve(entry.target); }
}, { rootMargin: "500px" });
for (const row of judged) seen.observe(row);
addEventListener("beforeprint", () => judged.forEach(draw));
if (judged[0]) judged[0].querySelector("canvas").tabIndex = 0;
recall();
