// Choosing a part of a picture by pointer, touch or keyboard. Without this file: four numbers and a button.

import { FULL, WHOLE, bounds, contains, drawn, isSound, isUpright, rectangle, same, share, shifted, withCorner } from "./quad.js";

const STEP = 10, STRIDE = 50; // thousandths that an arrow key moves, alone and with Shift
const REACH = { mouse: 18, pen: 22, touch: 30 }; // pixels from a corner at which it is meant
const SLACK = 6; // pixels of a drag that are a trembling hand
const ROOM = 90; // pixels of a side, for a sign in the middle
const PAUSE = 400; // milliseconds without a change, after which it is told
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const percent = (thousandths) => Math.round(thousandths / 10);
const unbroken = (sentence) => sentence.replaceAll(" %", "\u00a0%"); // so that no line parts a number from its sign

class Crop {
  #quad;
  #drag = null; // { pointer, from, quad, change }
  #telling;

  constructor(form) {
    this.form = form;
    this.canvas = form.querySelector(".canvas");
    this.corners = [...form.querySelectorAll(".corner")];
    this.middle = form.querySelector(".middle");
    this.numbers = ["left", "top", "right", "bottom"].map((name) => form.elements[name]);
    this.start = JSON.parse(form.dataset.start);
    this.#listen();
    new ResizeObserver(() => this.#tidy()).observe(this.canvas);
    this.show(this.start, { told: true });
    form.dataset.ready = "";
  }

  get quad() { return this.#quad; }

  // Show another shape and take it for the choice; `told` where a person who can't see it has to hear of it.
  show(quad, { told = false, typing = false } = {}) {
    this.#quad = quad;
    const corners = quad.map((corner) => corner.join(" "));
    this.canvas.querySelector(".outside").setAttribute("d", `M0 0H${FULL}V${FULL}H0Z M${corners.join("L")}Z`);
    for (const outline of this.canvas.querySelectorAll("polygon")) outline.setAttribute("points", corners.join(" "));
    this.corners.forEach((handle, index) => this.#place(handle, quad[index]));
    const middle = [0, 1].map((axis) => quad.reduce((sum, corner) => sum + corner[axis], 0) / 4);
    this.#place(this.middle, middle);
    this.#tidy();
    this.form.elements.part.value = quad.flat().join(",");
    if (!typing) this.#fill();
    if (told) this.#tell();
  }

  #place(handle, [x, y]) {
    handle.style.left = `${x / 10}%`;
    handle.style.top = `${y / 10}%`;
    const said = this.form.dataset.place.replace("{x}", percent(x)).replace("{y}", percent(y));
    handle.setAttribute("aria-valuetext", said);
    handle.setAttribute("aria-valuenow", percent(x));
  }

  #fill() {
    bounds(this.quad).forEach((edge, index) => {
      this.numbers[index].value = edge / 10;
      this.numbers[index].setCustomValidity("");
    });
  }

  #tell() {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => { this.form.querySelector(".told").textContent = this.#sentence(); }, PAUSE);
  }

  #sentence() {
    if (same(this.quad, WHOLE)) return this.form.dataset.whole;
    const [left, top, right, bottom] = bounds(this.quad).map(percent);
    const values = { left, top, right, bottom, share: Math.max(1, Math.round(100 * share(this.quad))) };
    const sentence = isUpright(this.quad) ? this.form.dataset.upright : this.form.dataset.tilted;
    return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), unbroken(sentence));
  }

  #listen() {
    this.canvas.addEventListener("pointerdown", (event) => this.#grasp(event));
    this.canvas.addEventListener("pointermove", (event) => this.#follow(event));
    this.canvas.addEventListener("pointerup", (event) => this.#release(event));
    this.canvas.addEventListener("pointercancel", () => this.#undo());
    this.canvas.addEventListener("dragstart", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#undo(); });
    this.corners.forEach((handle, index) => this.#steer(handle, (x, y) => {
      const [left, top] = this.quad[index];
      return withCorner(this.quad, index, [left + x, top + y]);
    }));
    this.#steer(this.middle, (x, y) => shifted(this.quad, x, y));
    this.form.querySelector("[data-all]").addEventListener("click", () => this.show(WHOLE, { told: true }));
    this.form.querySelector("[data-reset]")?.addEventListener("click", () => this.show(this.start, { told: true }));
    for (const number of this.numbers) number.addEventListener("input", () => this.#type());
  }

  #steer(handle, change) {
    handle.hidden = false;
    handle.addEventListener("keydown", (event) => {
      const way = ARROWS[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const step = event.shiftKey ? STRIDE : STEP;
      this.show(change(way[0] * step, way[1] * step), { told: true });
    });
  }

  // What is typed is an upright rectangle.
  #type() {
    const edges = this.numbers.map((number) => (number.value === "" ? NaN : Math.round(number.valueAsNumber * 10)));
    const quad = rectangle(...edges);
    const sound = isSound(quad);
    for (const number of this.numbers) number.setCustomValidity(sound ? "" : this.form.dataset.unsound);
    if (sound) this.show(quad, { told: true, typing: true });
  }

  #grasp(event) {
    if (!event.isPrimary || event.button !== 0 || this.#drag) return;
    event.preventDefault(); // neither selects text nor drags the picture
    const grip = this.#grip(event);
    this.canvas.setPointerCapture(event.pointerId);
    this.#drag = { pointer: event.pointerId, from: [event.clientX, event.clientY], quad: this.quad, grip, moved: false };
    grip.handle?.focus({ preventScroll: true });
    this.canvas.dataset.grip = grip.name;
  }

  #follow(event) {
    const drag = this.#drag;
    if (!drag) {
      this.canvas.dataset.grip = this.#grip(event).name;
      return;
    }
    if (event.pointerId !== drag.pointer) return;
    const way = [event.clientX - drag.from[0], event.clientY - drag.from[1]];
    drag.moved ||= Math.hypot(...way) >= SLACK || drag.grip.name !== "draw";
    if (drag.moved) this.show(drag.grip.change(this.#thousandths(way)));
  }

  #release(event) {
    if (event.pointerId !== this.#drag?.pointer) return;
    this.#drag = null;
    this.#tell();
  }

  #undo() {
    if (!this.#drag) return;
    this.show(this.#drag.quad, { told: true });
    this.#drag = null;
  }

  // What a pointer takes hold of: the nearest corner, else the shape around it, else nothing yet: it draws a new one.
  #grip(event) {
    const quad = this.quad;
    const point = this.#point(event);
    const far = quad.map((corner) => this.#pixels(corner, point));
    const index = far.indexOf(Math.min(...far));
    if (far[index] <= this.#reach(event.pointerType)) {
      const change = ([x, y]) => withCorner(quad, index, [quad[index][0] + x, quad[index][1] + y]);
      return { name: "corner", handle: this.corners[index], change };
    }
    if (contains(quad, point) && !same(quad, WHOLE)) {
      return { name: "move", handle: this.middle, change: ([x, y]) => shifted(quad, x, y) };
    }
    return { name: "draw", change: ([x, y]) => drawn(point, [point[0] + x, point[1] + y]) ?? this.quad };
  }

  // Of a small shape, a third of a side belongs to each corner, so that it can still be moved.
  #reach(pointerType) {
    const sides = this.quad.map((corner, index) => this.#pixels(corner, this.quad[(index + 1) % 4]));
    return Math.min(REACH[pointerType] ?? REACH.touch, Math.max(Math.min(...sides) / 3, 8));
  }

  // Nothing lies on the picture that is of no use: where there is nowhere to move, or no room for a sign of it.
  #tidy() {
    const sides = this.quad.map((corner, index) => this.#pixels(corner, this.quad[(index + 1) % 4]));
    this.canvas.toggleAttribute("data-cramped", Math.min(...sides) < ROOM || same(this.quad, WHOLE));
  }

  #point(event) {
    const box = this.canvas.getBoundingClientRect();
    return this.#thousandths([event.clientX - box.left, event.clientY - box.top]);
  }

  #thousandths([x, y]) {
    return [x / this.canvas.clientWidth * FULL, y / this.canvas.clientHeight * FULL];
  }

  #pixels(one, other) {
    const { clientWidth, clientHeight } = this.canvas;
    return Math.hypot((one[0] - other[0]) * clientWidth, (one[1] - other[1]) * clientHeight) / FULL;
  }
}

const form = document.getElementById("crop");

if (form) new Crop(form);
