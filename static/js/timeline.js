// The timeline's drawing: who draws across it chooses years; what lies outside them steps back. The two handles of the
// overview do the same by keys, and without this file there are two fields and a button.

const STARTS = 6; // pixels: less is a click

const chart = document.getElementById("chart");
const histogram = chart?.querySelector(".histogram");
const [from, to] = ["years-from", "years-to"].map((id) => document.getElementById(id));
const fields = ["from", "to"].map((id) => document.getElementById(id));
const [before, after] = chart?.querySelectorAll(".veil rect") ?? [];

const first = Number(histogram?.dataset.first);
const years = Number(histogram?.dataset.last) - first + 1;
const share = (year) => Math.min(1, Math.max(0, (year - first) / years));

function veil() {
  const [low, high] = [share(Number(from.value)), share(Number(to.value) + 1)];
  before.setAttribute("width", `${100 * low}%`);
  after.setAttribute("x", `${100 * high}%`);
  after.setAttribute("width", `${100 * (1 - high)}%`);
}

// --- Drawn across --------------------------------------------------------------------------------------------------

let drawn = null; // where it began, what was chosen then, and whether it is more than a click

function yearAt(x) {
  const { left, width } = chart.querySelector(".veil").getBoundingClientRect();
  return first + Math.min(years - 1, Math.max(0, Math.floor(((x - left) / width) * years)));
}

function show(low, high) {
  const step = Number(from.step);
  const start = (year) => first + Math.floor((year - first) / step) * step;
  from.value = first; // out of the way of the other
  to.value = start(high) + step - 1;
  from.value = start(low);
  for (const handle of [from, to]) handle.dispatchEvent(new Event("input", { bubbles: true }));
}

function begin(event) {
  if (event.button || !event.isPrimary || event.target === from || event.target === to) return;
  const { left, right } = chart.querySelector(".veil").getBoundingClientRect();
  if (event.clientX < left - STARTS || event.clientX > right + STARTS) return; // the names
  drawn = { x: event.clientX, before: fields.map((field) => field.value), moved: false };
}

function move(event) {
  if (!event.buttons) drawn = null; // it was let go elsewhere
  if (!drawn) return;
  if (!drawn.moved && Math.abs(event.clientX - drawn.x) < STARTS) return;
  if (!drawn.moved) chart.setPointerCapture(event.pointerId);
  drawn.moved = true;
  chart.classList.add("drawing");
  const ends = [yearAt(drawn.x), yearAt(event.clientX)].sort((one, other) => one - other);
  show(...ends);
}

function end() {
  const done = drawn?.moved;
  chart.classList.remove("drawing");
  if (done) to.dispatchEvent(new Event("change", { bubbles: true }));
  setTimeout(() => { drawn = null; }); // the click that follows knows that it was none
}

// The browser scrolls with this finger, or something else came between.
function cancel() {
  if (drawn?.moved) fields.forEach((field, place) => {
    field.value = drawn.before[place];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  chart.classList.remove("drawing");
  drawn = null;
}

if (from && to) {
  chart.closest("form").addEventListener("input", veil);
  chart.addEventListener("pointerdown", begin);
  chart.addEventListener("pointermove", move);
  chart.addEventListener("pointerup", end);
  chart.addEventListener("pointercancel", cancel);
  chart.addEventListener("click", (event) => { if (drawn?.moved) event.preventDefault(); }, { capture: true });
  chart.addEventListener("dragstart", (event) => event.preventDefault()); // of a link
  veil();
}
