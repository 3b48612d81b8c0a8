// Which part of the map is seen: the middle (in fields), and how many pixels of the page a field has.

const MOVING = 260; // milliseconds from one place to the next
const CLOSEST = 0.8; // of the room's shorter side: a field
const FURTHEST = 0.85; // of the scale at which all of it fits
const EDGE = 20; // pixels around all of it

const still = matchMedia("(prefers-reduced-motion: reduce)");
const between = (low, value, high) => Math.max(low, Math.min(value, high));

export class View {
  #box;
  #moved;
  #frame = 0;
  #fits = true;

  /** `box`: what there is to see, in fields; `moved` is called after every change. */
  constructor(box, moved) {
    this.#box = box;
    this.#moved = moved;
    this.width = 1;
    this.height = 1;
    this.left = 0; // pixels at the left and at the top that something else covers
    this.top = 0;
    this.x = (box.left + box.right) / 2;
    this.y = (box.top + box.bottom) / 2;
    this.scale = 1;
  }

  /** Whether all of it is seen, and goes on being so when the room changes. */
  get fits() { return this.#fits; }

  get moving() { return this.#frame !== 0; }

  /** Where it is going, or, at rest, where it is. */
  get aim() { return this.#goal ?? this; }

  /** The scale at which all of it is seen. */
  get fit() {
    const { left, right, top, bottom } = this.#box;
    const [wide, high] = [this.width - this.left, Math.max(this.height - this.top, this.height / 2)];
    return Math.max(0.1, Math.min((wide - 2 * EDGE) / (right - left), (high - 2 * EDGE) / (bottom - top)));
  }

  get closest() { return Math.max(this.fit, CLOSEST * Math.min(this.width, this.height)); }

  get zoom() { return this.scale / this.fit; }

  measure(width, height, { left, top }) {
    const zoom = this.zoom;
    Object.assign(this, { width, height, left, top });
    if (this.#fits) Object.assign(this, this.whole());
    else this.scale = between(FURTHEST * this.fit, zoom * this.fit, this.closest);
    this.#moved();
  }

  whole() {
    const { left, right, top, bottom } = this.#box;
    const { fit } = this;
    return { x: (left + right - this.left / fit) / 2, y: (top + bottom - this.top / fit) / 2, scale: fit };
  }

  /** A point of the room as one of the map. */
  over(point) {
    return { x: this.x + (point.x - this.width / 2) / this.scale, y: this.y + (point.y - this.height / 2) / this.scale };
  }

  /** What is at one point of the room comes to another, `factor` times larger. */
  carry(from, to, factor = 1) { this.show(this.#carried(this, from, to, factor)); }

  by(factor, point = { x: this.width / 2, y: this.height / 2 }) { this.go(this.#carried(this.aim, point, point, factor)); }

  pan(right, down) {
    const { x, y, scale } = this.aim;
    this.go({ x: x + (right * this.width) / scale, y: y + (down * this.height) / scale, scale });
  }

  reset() { this.go(this.whole(), true); }

  #carried(view, from, to, factor) {
    const scale = between(FURTHEST * this.fit, view.scale * factor, this.closest);
    return {
      x: view.x + (from.x - this.width / 2) / view.scale - (to.x - this.width / 2) / scale,
      y: view.y + (from.y - this.height / 2) / view.scale - (to.y - this.height / 2) / scale,
      scale,
    };
  }

  #goal = null;

  show(view, fits = false) {
    this.stop();
    this.#set(view, fits);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#goal = null;
  }

  #set({ x, y, scale }, fits = false) {
    const { left, right, top, bottom } = this.#box;
    this.#fits = fits;
    this.scale = between(FURTHEST * this.fit, scale, this.closest);
    this.x = between(left - this.left / this.scale, x, right);
    this.y = between(top - this.top / this.scale, y, bottom);
    this.#moved();
  }

  go(goal, fits = false) {
    this.stop();
    if (still.matches) {
      this.#set(goal, fits);
      return;
    }
    const from = { x: this.x, y: this.y, scale: this.scale };
    const to = { ...goal, scale: between(FURTHEST * this.fit, goal.scale, this.closest) };
    const start = performance.now();
    this.#goal = to;
    const step = (now) => {
      const time = between(0, (now - start) / MOVING, 1);
      const eased = 1 - (1 - time) ** 3;
      const scale = from.scale * (to.scale / from.scale) ** eased;
      // About a fixed point, the middle moves as 1 / scale does.
      const ratio = Math.abs(to.scale / from.scale - 1) < 1e-3 ? eased : (1 / scale - 1 / from.scale) / (1 / to.scale - 1 / from.scale);
      this.#frame = time < 1 ? requestAnimationFrame(step) : 0;
      if (time >= 1) this.#goal = null;
      this.#set({ x: from.x + (to.x - from.x) * ratio, y: from.y + (to.y - from.y) * ratio, scale }, fits && time >= 1);
    };
    this.#frame = requestAnimationFrame(step);
  }

  /** So that a point of the map is well inside of the room. */
  bring(x, y) {
    const view = this.aim;
    const { scale } = view;
    const inside = (value, middle, room, start) => {
      const half = Math.max(room / 2 - 1.2 * scale, room / 6) / scale;
      return between(value - half, middle, value + half + start / scale);
    };
    const goal = { x: inside(x, view.x, this.width, 0), y: inside(y, view.y, this.height - this.top, 0), scale };
    if (goal.x !== view.x || goal.y !== view.y) this.go(goal);
  }
}
