"use strict";
const table = document.querySelector("table"), body = table.tBodies[0];
const clauses = table.dataset.clauses.split(" "), rows = [...body.rows];
const colours = { p: "#2166ac", f: "#e06e0c", e: "#000", t: "#000" }, wide = 5, high = 16;
let mistake = "";

function draw(row) {
  const canvas = row.querySelector("canvas"), letters = row.dataset.s;
  canvas.width = wide * letters.length;
  canvas.height = high;
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#f7f7f7";
  brush.fillRect(0, 0, canvas.width, high);
  for (let n = 0; n < letters.length; n++) {
    if (colours[letters[n]]) {
      brush.fillStyle = colours[letters[n]];
      brush.fillRect(wide * n, 0, wide - 1, high);
    }
  }
}

function filter() {
  const words = document.getElementById("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const failing = document.getElementById("open").checked;
  let shown = 0;
  for (const row of rows) {
    const said = (row.dataset.name + " " + row.dataset.first + " " + row.dataset.mistakes).toLowerCase();
    const held = row.dataset.mistakes.split(" ");
    row.hidden = !words.every(word => said.includes(word)) || (failing && !row.dataset.first) || (mistake && !held.includes(mistake));
    shown += !row.hidden;
  }
  const output = document.getElementById("shown");
  output.textContent = output.dataset.text.replace("{count}", shown);
}

function sort(button) {
  const head = button.closest("th"), by = button.dataset.by;
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const number = by === "passed" || by === "points";
  const place = by === "first" ? name => (name ? clauses.indexOf(name) : clauses.length) : name => name;
  rows.sort((a, b) => {
    const x = place(a.dataset[by]), y = place(b.dataset[by]);
    const order = number || by === "first" ? x - y : x.localeCompare(y);
    return down ? -order : order;
  });
  body.append(...rows);
}

for (const button of table.tHead.querySelectorAll("button")) button.addEventListener("click", () => sort(button));
for (const button of document.querySelectorAll("[data-mistake]")) {
  button.addEventListener("click", () => {
    mistake = mistake === button.dataset.mistake ? "" : button.dataset.mistake;
    for (const other of document.querySelectorAll("[data-mistake]")) other.setAttribute("aria-pressed", String(other.dataset.mistake === mistake));
    filter();
  });
}
document.getElementById("find").addEventListener("input", filter);
document.getElementById("open").addEventListener("change", filter);
document.querySelector("form").addEventListener("submit", event => event.preventDefault());
table.addEventListener("pointermove", event => {
  if (event.target.tagName !== "CANVAS") return;
  const box = event.target.getBoundingClientRect();
  const letters = event.target.closest("tr").dataset.s;
  event.target.title = clauses[Math.min(letters.length - 1, Math.floor((event.clientX - box.left) / box.width * letters.length))];
});
const seen = new IntersectionObserver(entries => {
  for (const entry of entries) if (entry.isIntersecting) { draw(entry.target); seen.unobserve(entry.target); }
}, { rootMargin: "500px" });
for (const row of rows) seen.observe(row);
addEventListener("beforeprint", () => rows.forEach(draw));
