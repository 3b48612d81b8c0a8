// What a visitor does with the map, by mouse, fingers, wheel and keys, told to whoever has it:
//
//   hand.view             moved by what is done
//   hand.points(point)    the pointer rests on a point of the room; null: it has left
//   hand.presses(point, kind)   a click or a tap, if no second one follows; kind is the pointer's: "mouse", "touch" …
//   hand.steps(right, down)     an arrow
//   hand.opens(), hand.leaves() Enter, Escape

export const STEP = 1.6; // of a key or a button
const CLOSER = 2.2; // of a double click
const SLACK = 6; // pixels that a click may move
const TAP = 400; // milliseconds that it may last
const TWICE = 260; // and between two
const NEAR = 30; // pixels between two
const PER_TURN = 0.0022; // of a wheel, a pixel
const PER_PINCH = 0.01; // of two fingers on a pad, which come as a wheel with the control key
const LINE = 18; // pixels, where a wheel counts lines
const NOTCH = 50; // pixels; what turns by so much at once is a wheel with notches, and is smoothed
const PAN = 0.25; // of the room, by an arrow with Shift
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Gestures {
  #room;
  #hand;
  #down = new Map(); // pointer → its point
  #pressed = null; // what may become a tap
  #tap = null; // the one before
  #waiting = 0;

  constructor(room, hand) {
    this.#room = room;
    this.#hand = hand;
    room.addEventListener("pointerdown", (event) => this.#press(event));
    room.addEventListener("pointermove", (event) => this.#move(event));
    room.addEventListener("pointerup", (event) => this.#release(event));
    room.addEventListener("pointercancel", (event) => this.#release(event));
    room.addEventListener("pointerleave", () => hand.points(null));
    room.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
    room.addEventListener("keydown", (event) => keys(hand, event));
    room.addEventListener("gesturestart", (event) => event.preventDefault()); // Safari's
  }

  #point(event) {
    const box = this.#room.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #press(event) {
    if (event.pointerType === "mouse" && event.button) return;
    this.#hand.view.stop();
    this.#down.set(event.pointerId, this.#point(event));
    this.#pressed = this.#down.size === 1 ? { at: event.timeStamp, ...this.#point(event) } : null;
    if (this.#pressed && this.#isSecond(this.#pressed)) clearTimeout(this.#waiting); // however long it is held
    this.#room.setPointerCapture(event.pointerId);
  }

  #move(event) {
    const point = this.#point(event);
    if (!this.#down.has(event.pointerId)) {
      if (event.pointerType !== "touch") this.#hand.points(point);
      return;
    }
    if (this.#pressed && far(point, this.#pressed) <= SLACK) return;
    this.#pressed = null;
    const before = grip(this.#down);
    this.#down.set(event.pointerId, point);
    const after = grip(this.#down);
    this.#room.classList.add("held");
    this.#hand.points(null);
    this.#hand.view.carry(before, after, before.spread && after.spread ? after.spread / before.spread : 1);
  }

  #release(event) {
    if (!this.#down.delete(event.pointerId)) return;
    if (!this.#down.size) this.#room.classList.remove("held");
    const pressed = this.#pressed;
    this.#pressed = null;
    if (event.type === "pointerup" && pressed && event.timeStamp - pressed.at < TAP) this.#touch(pressed, event);
  }

  /** Two clicks look closer; one opens what it is on, as soon as there can be no second one. */
  #touch(point, event) {
    const twice = this.#isSecond(point);
    clearTimeout(this.#waiting);
    this.#tap = twice ? null : point;
    if (twice) this.#hand.view.by(CLOSER, point);
    else this.#waiting = setTimeout(() => this.#hand.presses(point, event.pointerType), TWICE);
  }

  #isSecond(point) { return this.#tap && point.at - this.#tap.at < TAP && far(point, this.#tap) < NEAR; }

  #turn(event) {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode ? LINE : 1);
    const factor = Math.exp(-pixels * (event.ctrlKey && Math.abs(pixels) < NOTCH ? PER_PINCH : PER_TURN));
    const point = this.#point(event);
    if (Math.abs(pixels) >= NOTCH) this.#hand.view.by(factor, point);
    else this.#hand.view.carry(point, point, factor);
    this.#hand.points(event.ctrlKey ? null : point);
  }
}

/** Keys do the same on the map and on the buttons beside it. */
export function keys(hand, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const arrow = ARROWS[event.key];
  if (event.key === "+" || event.key === "=") hand.view.by(STEP);
  else if (event.key === "-" || event.key === "_") hand.view.by(1 / STEP);
  else if (event.key === "0") hand.view.reset();
  else if (event.key === "Enter" && event.currentTarget === event.target) hand.opens();
  else if (event.key === "Escape") hand.leaves();
  else if (arrow && event.shiftKey) hand.view.pan(arrow[0] * PAN, arrow[1] * PAN);
  else if (arrow) hand.steps(...arrow);
  else return;
  event.preventDefault();
}

const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** The middle of the fingers, and how far the first two are apart. */
function grip(points) {
  const [a, b] = points.values();
  return b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: Math.hypot(a.x - b.x, a.y - b.y) } : { ...a, spread: 0 };
}
