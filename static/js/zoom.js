// A picture that is looked into: closer and further, to and fro, as sharp as the screen.
//
//   const zoom = new Zoom(element, info)
//
// `element` holds one <img>, or a <picture>, of the whole painting, in the middle of the room that the styles give it. That image
// stays where it is; while the painting is larger than its room, a canvas over the element shows the part that is looked at. `info` is
// the painting's info.json (IIIF), or its address, which is asked when it is needed, or null: no more is there than renditions. The
// image's attributes width and height say at least what shape it has.
//
// zoom.view is {x, y, scale}: which point of the painting, in shares of its width and height, is in the middle of the element, and
// how much larger it is than when it fits. Setting it goes there at once. The event "view" says that the visitor changed it (each
// frame of a movement), and not that a program did: two of them can follow each other.

import { Gestures } from "./zoom-gestures.js";
import { Pyramid } from "./zoom-pyramid.js";

const MOVING = 220; // milliseconds from one place to the next
const LEAST_RANGE = 4; // times larger than when it fits, at least
const CLOSEST = 2; // and a pixel of the picture is at most so many of the page's
const WHOLE = Object.freeze({ x: 0.5, y: 0.5, scale: 1 });
const NEARLY = 1e-3;

const still = matchMedia("(prefers-reduced-motion: reduce)");
const between = (low, value, high) => Math.max(low, Math.min(value, high));

export class Zoom extends EventTarget {
  #pyramid;
  #view = WHOLE;
  #goal = null; // where a movement leads
  #frame = 0;
  #filling = false;
  #room = { width: 1, height: 1 }; // of the element, and of the picture in it when it fits, in the page's pixels
  #fit = { width: 1, height: 1 };

  constructor(element, info = null) {
    super();
    this.element = element;
    this.image = element.querySelector("img");
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.className = "zoom-part";
    element.classList.add("zoom-room");
    element.append(this.canvas);
    this.#pyramid = new Pyramid(this.image, info, () => this.#draw());
    new Gestures(this);
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(element);
    observer.observe(this.image);
    this.image.addEventListener("load", () => this.#measure());
    this.#measure();
  }

  get view() { return { ...this.#view }; }

  set view(view) {
    this.#stop();
    this.#show(view);
  }

  /** Where the present movement leads; the view, while nothing moves. */
  get goal() { return this.#goal ?? this.#view; }

  /** The largest scale. */
  get closest() { return Math.max(LEAST_RANGE, (CLOSEST * this.#pyramid.width) / this.#fit.width); }

  /** Whether less than the whole picture is to be seen. */
  get zoomed() { return this.goal.scale > 1 + NEARLY; }

  /** Whether the element has the whole window: then the picture is drawn as sharply as it can be, even where all of it is seen. */
  get filling() { return this.#filling; }

  set filling(filling) {
    this.#filling = filling;
    this.#measure();
  }

  /** `factor` times closer, or further, about a point of the element (its middle, if none is named). */
  by(factor, point = this.#middle(), smooth = true) {
    this.#go(this.#about(this.goal, point, point, factor), smooth);
  }

  /** What is at one point of the element comes to another, `factor` times larger: what fingers do. */
  carry(from, to, factor = 1) { this.#go(this.#about(this.goal, from, to, factor), false); }

  /** To and fro, in shares of the element. Whether there was anywhere to go. */
  pan(right, down) {
    const { x, y, scale } = this.goal;
    const wanted = this.#within({
      x: x + (right * this.#room.width) / (this.#fit.width * scale),
      y: y + (down * this.#room.height) / (this.#fit.height * scale),
      scale,
    });
    const moves = Math.abs(wanted.x - x) + Math.abs(wanted.y - y) > NEARLY / scale;
    if (moves) this.#go(wanted, true);
    return moves;
  }

  /** The whole picture. */
  reset() { this.#go(WHOLE, true); }

  #middle() { return { x: this.#room.width / 2, y: this.#room.height / 2 }; }

  #about(view, from, to, factor) {
    const scale = between(1, view.scale * factor, this.closest);
    const along = (share, length, start, end, room) =>
      share + (start - room / 2) / (length * view.scale) - (end - room / 2) / (length * scale);
    return {
      x: along(view.x, this.#fit.width, from.x, to.x, this.#room.width),
      y: along(view.y, this.#fit.height, from.y, to.y, this.#room.height),
      scale,
    };
  }

  /** The nearest view that shows nothing beside the picture where it could show more of it. */
  #within({ x, y, scale }) {
    const size = between(1, scale || 1, this.closest);
    const along = (share, length, room) => {
      const half = room / (2 * length * size);
      return half >= 0.5 ? 0.5 : between(half, Number.isFinite(share) ? share : 0.5, 1 - half);
    };
    return { x: along(x, this.#fit.width, this.#room.width), y: along(y, this.#fit.height, this.#room.height), scale: size };
  }

  #go(view, smooth) {
    const goal = this.#within(view);
    this.#stop();
    if (smooth && !still.matches) this.#move(this.#view, goal);
    else {
      this.#show(goal);
      this.dispatchEvent(new Event("view"));
    }
  }

  #move(from, to) {
    const start = performance.now();
    this.#goal = to;
    const step = (now) => {
      const time = between(0, (now - start) / MOVING, 1);
      const eased = 1 - (1 - time) ** 3;
      const scale = from.scale * (to.scale / from.scale) ** eased;
      // In a movement about a fixed point, x and y change as 1 / scale does.
      const ratio = Math.abs(to.scale - from.scale) < NEARLY ? eased : (1 / scale - 1 / from.scale) / (1 / to.scale - 1 / from.scale);
      if (time < 1) this.#frame = requestAnimationFrame(step);
      else this.#goal = null;
      this.#show({ x: from.x + (to.x - from.x) * ratio, y: from.y + (to.y - from.y) * ratio, scale });
      this.dispatchEvent(new Event("view"));
    };
    this.#frame = requestAnimationFrame(step);
  }

  #stop() {
    cancelAnimationFrame(this.#frame);
    this.#goal = null;
  }

  #show(view) {
    this.#view = this.#within(view);
    this.#draw();
  }

  #measure() {
    const room = this.element.getBoundingClientRect();
    const box = this.image.getBoundingClientRect();
    if (!room.width || !box.width) return;
    this.#room = { width: room.width, height: room.height };
    const scale = Math.min(box.width / this.#pyramid.width, box.height / this.#pyramid.height);
    this.#fit = { width: this.#pyramid.width * scale, height: this.#pyramid.height * scale };
    this.#show(this.#view);
  }

  #draw() {
    const { x, y, scale } = this.#view;
    const closer = scale > 1 + NEARLY;
    this.element.classList.toggle("zoomed", closer);
    this.element.classList.toggle("drawn", closer || this.#filling);
    if (!closer && !this.#filling) return;
    const density = devicePixelRatio;
    const [width, height] = [Math.round(this.#room.width * density), Math.round(this.#room.height * density)];
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    const shown = { width: this.#fit.width * scale * density, height: this.#fit.height * scale * density };
    const box = { left: width / 2 - x * shown.width, top: height / 2 - y * shown.height, ...shown };
    const fading = this.#pyramid.draw(this.canvas.getContext("2d"), box, { load: !this.#goal, fade: !still.matches });
    if (fading && !this.#goal) requestAnimationFrame(() => this.#draw());
  }
}
