// What a visitor does with a picture, by mouse, fingers, wheel and keys, told to a Zoom.

export const STEP = 1.5; // of a key or a button
const CLOSER = 2.5; // of a click or a tap
const SLACK = 4; // pixels that a click may move
const TAP = 350; // milliseconds, for one and between two
const NEAR = 30; // pixels between two taps
const PER_TURN = 0.0022; // of a wheel, a pixel
const PER_PINCH = 0.01; // of two fingers on a pad, which come as a wheel with the control key
const LINE = 18; // pixels, where a wheel counts lines
const COMING_TO_REST = 400; // milliseconds in which a wheel that has zoomed out does not yet scroll the page
const PAN = 0.15; // of the room
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Gestures {
  #zoom;
  #down = new Map(); // pointer → its point
  #tap = null; // the last one
  #pressed = null; // what may become a tap
  #turned = 0; // when the wheel last zoomed

  constructor(zoom) {
    this.#zoom = zoom;
    const { element } = zoom;
    element.addEventListener("pointerdown", (event) => this.#press(event));
    element.addEventListener("pointermove", (event) => this.#drag(event));
    element.addEventListener("pointerup", (event) => this.#release(event));
    element.addEventListener("pointercancel", (event) => this.#release(event));
    element.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
    element.addEventListener("keydown", (event) => keys(zoom, event));
    element.addEventListener("dragstart", (event) => { if (zoom.zoomed) event.preventDefault(); });
    // Two fingers are ours, before the browser takes them for scrolling.
    element.addEventListener("touchmove", (event) => { if (event.touches.length > 1 && event.cancelable) event.preventDefault(); }, { passive: false });
    element.addEventListener("gesturestart", (event) => event.preventDefault()); // Safari's
  }

  #point(event) {
    const box = this.#zoom.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #press(event) {
    if (event.pointerType === "mouse" && event.button) return;
    this.#down.set(event.pointerId, this.#point(event));
    this.#pressed = this.#down.size === 1 ? { at: event.timeStamp, ...this.#point(event) } : null;
    if (this.#zoom.zoomed && event.pointerType === "mouse") {
      event.preventDefault(); // no dragging of an image, no selecting of text
      this.#zoom.element.focus({ preventScroll: true });
    }
  }

  #drag(event) {
    if (!this.#down.has(event.pointerId)) return;
    const before = grip(this.#down);
    const point = this.#point(event);
    if (this.#pressed && Math.hypot(point.x - this.#pressed.x, point.y - this.#pressed.y) <= SLACK) return;
    this.#pressed = null;
    this.#down.set(event.pointerId, point);
    const after = grip(this.#down);
    if (this.#down.size === 1 && !this.#zoom.zoomed) return;
    this.#zoom.element.setPointerCapture(event.pointerId);
    this.#zoom.element.classList.add("held");
    this.#zoom.carry(before, after, before.spread ? after.spread / before.spread : 1);
  }

  #release(event) {
    if (!this.#down.delete(event.pointerId)) return;
    if (!this.#down.size) this.#zoom.element.classList.remove("held");
    const pressed = this.#pressed;
    this.#pressed = null;
    if (event.type === "pointerup" && pressed && event.timeStamp - pressed.at < TAP) this.#touch(pressed, event.pointerType);
  }

  /** A click looks closer; a second one closer still, and back from as close as can be. Fingers tap twice, and twice to go back. */
  #touch(point, kind) {
    const zoom = this.#zoom;
    const last = this.#tap;
    const twice = last && point.at - last.at < TAP && Math.hypot(point.x - last.x, point.y - last.y) < NEAR;
    const first = kind === "mouse" && !zoom.zoomed;
    this.#tap = twice || first ? null : point;
    if (first) zoom.by(CLOSER, point);
    else if (twice && zoom.zoomed && (kind !== "mouse" || zoom.goal.scale >= zoom.closest * 0.99)) zoom.reset();
    else if (twice) zoom.by(CLOSER, point);
  }

  /** The wheel scrolls the page until somebody has begun to look closer; with the control key, or two fingers on a pad, it zooms. */
  #turn(event) {
    const zoom = this.#zoom;
    const meant = event.ctrlKey || event.metaKey || zoom.filling;
    if (!meant && !zoom.zoomed && document.activeElement !== zoom.element) return;
    const now = performance.now();
    if (!meant && !zoom.zoomed && event.deltaY > 0 && now - this.#turned > COMING_TO_REST) return;
    event.preventDefault();
    this.#turned = now;
    const pixels = event.deltaY * (event.deltaMode ? LINE : 1);
    zoom.by(Math.exp(-pixels * (event.ctrlKey && Math.abs(pixels) < 50 ? PER_PINCH : PER_TURN)), this.#point(event), Math.abs(pixels) >= 50);
  }
}

/** What the keys + − 0 and the arrows do; for the buttons beside a picture, too. */
export function keys(zoom, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const arrow = ARROWS[event.key];
  const far = event.shiftKey ? 3 * PAN : PAN;
  if (event.key === "+" || event.key === "=") zoom.by(STEP);
  else if (event.key === "-" || event.key === "_") zoom.by(1 / STEP);
  else if (event.key === "0") zoom.reset();
  else if (!arrow || !zoom.zoomed) return;
  else zoom.pan(arrow[0] * far, arrow[1] * far);
  event.preventDefault();
}

/** The middle of the fingers, and how far the first two are apart. */
function grip(points) {
  const [a, b] = [...points.values()];
  return b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: Math.hypot(a.x - b.x, a.y - b.y) } : { ...a, spread: 0 };
}
