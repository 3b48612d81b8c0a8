// The map of the collection. Without this file there is the list of its regions, below it on the same page.

import { Blocks } from "./map-blocks.js";
import { MapCanvas } from "./map-canvas.js";
import { Gestures, STEP, keys } from "./map-gestures.js";
import { Labels } from "./map-labels.js";
import { Pictures } from "./map-pictures.js";
import { Places } from "./map-places.js";
import { Sheets } from "./map-sheets.js";
import { View } from "./map-view.js";

const SETTLED = 250; // milliseconds without a movement, until the address says where we are
const AROUND = 2; // fields around the pointer whose names are sent for, too
const BESIDE = 0.9; // of its height the map has room enough in width beside what stands at the top
const ASIDE = 0.5; // of that it makes room for: the corner of a map is mostly empty
const FROM_A_LINK = 90; // pixels of a field, where a link leads to one painting

class Atlas {
  #root;
  #chosen = -1; // by a key, a tap or the address
  #pointed = -1; // what the pointer rests on
  #settling = 0;
  #written = "";
  #followed = location.hash; // what the address said when it was last followed or written

  constructor(root, places) {
    this.#root = root;
    this.places = places;
    this.room = root.querySelector(".atlas-room");
    this.label = root.querySelector(".atlas-label");
    this.said = root.querySelector("[role=status]");
    this.labels = new Labels(places, root.dataset.labels, () => { this.#tell(); this.canvas.invalidate(); });
    this.pictures = new Pictures(this.labels, () => this.canvas.invalidate());
    this.sheets = new Sheets(places, root.dataset.sheet, (side) => { this.blocks.arrived(side); this.canvas.invalidate(); });
    this.blocks = new Blocks(places, this.sheets);
    this.view = new View(places.box, () => this.#moved());
    const regions = [...document.querySelectorAll(".region[data-x]")].map(({ dataset }) => ({
      x: Number(dataset.x), y: Number(dataset.y), name: dataset.name,
    }));
    this.canvas = new MapCanvas(root.querySelector("canvas"), { ...this, regions });
    this.#brighten(root.dataset.bright);
    this.#listen();
  }

  #brighten(ids) {
    if (ids === undefined) return;
    const bright = new Uint8Array(this.places.count);
    for (const id of ids.split(" ")) {
      const number = id ? this.places.numberOf(Number(id)) : -1;
      if (number >= 0) bright[number] = 1;
    }
    this.blocks.bright = bright;
  }

  #listen() {
    new Gestures(this.room, this);
    const tools = this.#root.querySelector(".atlas-tools");
    const actions = { closer: () => this.view.by(STEP), further: () => this.view.by(1 / STEP), whole: () => this.view.reset() };
    for (const [name, action] of Object.entries(actions)) tools.querySelector(`[data-tool=${name}]`).addEventListener("click", action);
    tools.addEventListener("keydown", (event) => keys(this, event));
    this.room.addEventListener("focus", () => { if (this.room.matches(":focus-visible")) this.#begin(); });
    this.room.addEventListener("blur", () => { if (!this.label.matches(":hover, :focus")) this.leaves(); });
    this.label.addEventListener("keydown", (event) => { if (event.key === "Escape") this.leaves(); });
    const form = this.#root.querySelector("form");
    form?.addEventListener("submit", () => { form.action = form.action.split("#")[0] + location.hash; });
    addEventListener("hashchange", () => this.#follow());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.canvas.restyle());
    new ResizeObserver(() => this.#measure()).observe(this.room);
    this.#measure();
    this.#follow(true);
  }

  #measure() {
    document.documentElement.style.setProperty("--masthead", `${this.#root.offsetTop}px`);
    const { width, height, left, top } = this.room.getBoundingClientRect();
    const head = this.#root.querySelector(".atlas-head").getBoundingClientRect();
    const beside = width - (head.right - left) > BESIDE * height;
    this.view.measure(width, height, beside ? { left: ASIDE * (head.right - left), top: 0 } : { left: 0, top: Math.min(head.bottom - top, height / 2) });
  }

  // --- Where we are: the address says it, so that whoever comes back is there again ------------------------------------

  #moved() {
    this.canvas?.invalidate();
    this.#place();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#write(), SETTLED);
    this.#root.querySelector("[data-tool=closer]").setAttribute("aria-disabled", String(this.view.scale >= this.view.closest * 0.999));
  }

  #write() {
    const { side } = this.places;
    const { x, y, zoom } = this.view;
    const hash = this.view.fits ? "" : `#${(x / side).toFixed(5)},${(y / side).toFixed(5)},${zoom.toFixed(3)}`;
    if (hash === this.#written || location.hash !== this.#followed) return; // a link leads elsewhere: we are told in a moment
    history.replaceState(history.state, "", hash || location.pathname + location.search);
    this.#written = this.#followed = hash;
  }

  #follow(at_once = false) {
    this.#followed = location.hash;
    const painting = /^#painting=(\d+)$/.exec(location.hash);
    const [x, y, zoom] = location.hash.slice(1).split(",").map(Number);
    const move = (goal) => (at_once ? this.view.show(goal) : this.view.go(goal));
    if (painting) {
      const number = this.places.numberOf(Number(painting[1]));
      if (number < 0) return;
      move({ x: this.places.columns[number] + 0.5, y: this.places.rows[number] + 0.5, scale: Math.max(FROM_A_LINK, this.view.fit) });
      this.#mark(number);
    } else if (zoom > 0 && Number.isFinite(x + y + zoom) && location.hash !== this.#written) {
      move({ x: x * this.places.side, y: y * this.places.side, scale: zoom * this.view.fit });
      if (!at_once) this.room.focus();
    }
  }

  // --- What is marked -------------------------------------------------------------------------------------------------

  /** What the pointer rests on, or else what was chosen. */
  get #marked() { return this.#pointed >= 0 ? this.#pointed : this.#chosen; }

  points(point) {
    const { x, y } = point ? this.view.over(point) : { x: -1, y: -1 };
    const number = this.places.at(x, y);
    this.room.classList.toggle("on", number >= 0);
    if (number !== this.#pointed) this.#mark(this.#chosen, number);
    for (let right = -AROUND; number >= 0 && right <= AROUND; right += 1) {
      for (let down = -AROUND; down <= AROUND; down += 1) this.labels.want(this.places.at(x + right, y + down));
    }
  }

  presses(point, kind) {
    const { x, y } = this.view.over(point);
    const number = this.places.at(x, y);
    if (number >= 0 && (kind === "mouse" || number === this.#chosen)) this.#open(number);
    else this.#mark(number);
  }

  steps(right, down) {
    if (this.#marked < 0) {
      this.#begin();
      return;
    }
    const next = this.places.towards(this.#marked, right, down);
    if (next >= 0) this.#choose(next);
  }

  opens() { if (this.#marked >= 0) this.#open(this.#marked); }

  leaves() { this.#mark(-1); }

  #begin() {
    if (this.#chosen >= 0) return;
    const { x, y } = this.view.aim;
    const number = this.#pointed >= 0 ? this.#pointed : this.places.nearest(x, y);
    if (number >= 0) this.#choose(number);
  }

  #choose(number) {
    this.#mark(number);
    this.view.bring(this.places.columns[number] + 0.5, this.places.rows[number] + 0.5);
    for (const [right, down] of [[-1, 0], [1, 0], [0, -1], [0, 1]]) this.labels.want(this.places.towards(number, right, down));
  }

  #open(number) {
    clearTimeout(this.#settling);
    this.#write();
    location.assign(this.labels.of(number)?.url ?? this.#root.dataset.painting.replace("0", this.places.ids[number]));
  }

  #mark(chosen, pointed = -1) {
    this.#chosen = chosen;
    this.#pointed = pointed;
    this.canvas.marked = this.#marked;
    this.canvas.invalidate();
    this.#tell();
  }

  /** The label beside what is marked; read out, where it was chosen by a key. */
  #tell() {
    const known = this.#marked < 0 ? null : this.labels.of(this.#marked);
    this.label.hidden = !known;
    if (!known) return;
    this.label.querySelector("cite").textContent = known.title;
    this.label.querySelector(".small").textContent = [known.by, known.date].filter(Boolean).join(", ");
    this.label.href = known.url;
    this.label.classList.toggle("chosen", this.#marked === this.#chosen);
    const said = [known.title, known.by, known.date].filter(Boolean).join(", ");
    if (this.#marked === this.#chosen && this.said.textContent !== said) this.said.textContent = said;
    this.#place();
  }

  #place() {
    if (this.#marked < 0 || this.label.hidden) return;
    const { view, places, label } = this;
    const x = (places.columns[this.#marked] + 0.5 - view.x) * view.scale + view.width / 2;
    const y = (places.rows[this.#marked] + 0.5 - view.y) * view.scale + view.height / 2;
    const half = view.scale / 2 + 10;
    const [wide, high] = [label.offsetWidth, label.offsetHeight];
    const below = y + half + high < view.height || y - half - high < 0;
    const left = Math.max(8, Math.min(x - wide / 2, view.width - wide - 8));
    const top = Math.max(8, Math.min(below ? y + half : y - half - high, view.height - high - 8));
    label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}

async function hang(root) {
  const wait = root.querySelector(".atlas-wait");
  const places = await fetch(root.dataset.places).then((answer) => (answer.ok ? answer.arrayBuffer() : null)).catch(() => null);
  if (!places) {
    wait.textContent = root.dataset.failed;
    return;
  }
  root.atlas = new Atlas(root, new Places(places)); // there for tests
  root.classList.add("ready");
  wait.hidden = true;
}

const root = document.getElementById("map");
if (root) hang(root);
