// Draws the map: blocks of small pictures, over them the large ones where it is near, the names of its regions, and what is marked.

import { pictureBox } from "./map-blocks.js";

const NEAR = 84; // pixels of the screen a field: from here on the pictures themselves
const AT_MOST = 400; // of them: a large screen full
const NAMES_UNTIL = 3.2; // times closer than all of it; before that they fade
const FADING = 1.2;
const SIZE = 15; // pixels of the page, of a name
const RING = 3; // pixels of the page
const ONCE_IN = 150; // pixels of the page, the same name
const BLUR = 1 / 40; // of a field: so far a small picture that is enlarged comes out of its box

export class MapCanvas {
  #canvas;
  #context;
  #parts;
  #names = [];
  #drawn = []; // of the names
  #box = { x: 0, y: 0, width: 0, height: 0 }; // one for all, so that a frame leaves nothing to be collected
  #asked = 0;

  /** `parts`: places, view, blocks, pictures, regions ([{x, y, name}], the largest first). */
  constructor(canvas, parts) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#parts = parts;
    this.marked = -1;
    this.frames = 0;
    this.restyle();
  }

  /** Colours and type are the page's, which may change. */
  restyle() {
    const style = getComputedStyle(this.#canvas);
    this.colours = { ground: style.getPropertyValue("--wall"), ink: style.getPropertyValue("--ink"), mark: style.getPropertyValue("--accent") };
    this.#names = this.#parts.regions.map((region) => ({ ...region, ...this.#written(region.name, style) }));
    this.invalidate();
  }

  invalidate() {
    this.#asked ||= requestAnimationFrame(() => {
      this.#asked = 0;
      this.#draw();
    });
  }

  #draw() {
    const { view, blocks } = this.#parts;
    const density = devicePixelRatio;
    const [width, height] = [Math.round(view.width * density), Math.round(view.height * density)];
    if (this.#canvas.width !== width || this.#canvas.height !== height) Object.assign(this.#canvas, { width, height });
    const scale = view.scale * density;
    const [left, top] = [view.x - width / 2 / scale, view.y - height / 2 / scale];
    const context = this.#context;
    context.clearRect(0, 0, width, height);
    context.imageSmoothingQuality = view.moving ? "low" : "medium";
    const more = blocks.draw(context, left, top, scale, width, height);
    if (scale >= NEAR) this.#near(left, top, scale, width, height);
    this.#name(left, top, scale, width, height, density);
    if (this.marked >= 0) this.#mark(left, top, scale, density);
    this.frames += 1;
    if (more) this.invalidate();
  }

  #near(left, top, scale, width, height) {
    const { places, pictures, blocks, view } = this.#parts;
    const context = this.#context;
    const [fromColumn, toColumn] = [Math.max(0, Math.floor(left)), Math.min(places.side - 1, Math.floor(left + width / scale))];
    const [fromRow, toRow] = [Math.max(0, Math.floor(top)), Math.min(places.side - 1, Math.floor(top + height / scale))];
    const around = Math.max(2, BLUR * scale);
    let seen = 0;
    for (let row = fromRow; row <= toRow; row += 1) {
      for (let column = fromColumn; column <= toColumn && seen < AT_MOST; column += 1) {
        const number = places.grid[row * places.side + column];
        if (number < 0) continue;
        seen += 1;
        const box = pictureBox(places, number, left, top, scale, this.#box);
        const picture = pictures.of(number, box.width, !view.moving);
        if (!picture) continue;
        context.clearRect(box.x - around, box.y - around, box.width + 2 * around, box.height + 2 * around);
        context.globalAlpha = blocks.alpha(number);
        context.drawImage(picture, box.x, box.y, box.width, box.height);
      }
    }
    context.globalAlpha = 1;
  }

  #name(left, top, scale, width, height, density) {
    const alpha = Math.min(1, (NAMES_UNTIL - this.#parts.view.zoom) / FADING);
    if (alpha <= 0) return;
    const context = this.#context;
    const drawn = this.#drawn;
    drawn.length = 0;
    context.globalAlpha = alpha;
    for (const name of this.#names) {
      const wide = (name.canvas.width / name.density) * density;
      const high = (name.canvas.height / name.density) * density;
      const middle = (name.x * this.#parts.places.side - left) * scale;
      name.left = Math.round(middle < 0 || middle > width ? middle - wide / 2 : Math.max(0, Math.min(middle - wide / 2, width - wide)));
      name.top = Math.round((name.y * this.#parts.places.side - top) * scale - high / 2);
      name.right = name.left + wide;
      name.bottom = name.top + high;
      const isSeen = name.right > 0 && name.bottom > 0 && name.left < width && name.top < height;
      if (!isSeen || drawn.some((other) => hits(name, other, ONCE_IN * density))) continue;
      drawn.push(name);
      context.drawImage(name.canvas, name.left, name.top, wide, high);
    }
    context.globalAlpha = 1;
  }

  /** The name as a picture, drawn once: text is slow. */
  #written(text, style) {
    const density = devicePixelRatio;
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const size = SIZE * density;
    const font = `italic 500 ${size}px ${style.getPropertyValue("--serif") || "serif"}`;
    context.font = font;
    Object.assign(canvas, { width: Math.ceil(context.measureText(text).width + size), height: Math.ceil(size * 1.9) });
    Object.assign(context, { font, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: size / 3.2 });
    Object.assign(context, { strokeStyle: this.colours.ground, fillStyle: this.colours.ink });
    for (const draw of ["strokeText", "strokeText", "fillText"]) context[draw](text, canvas.width / 2, canvas.height / 2);
    return { canvas, density };
  }

  #mark(left, top, scale, density) {
    const context = this.#context;
    const { x, y, width, height } = pictureBox(this.#parts.places, this.marked, left, top, scale, this.#box);
    const ring = RING * density;
    for (const [colour, wide] of [[this.colours.ground, 2.2 * ring], [this.colours.mark, ring]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: wide });
      context.strokeRect(x - ring, y - ring, width + 2 * ring, height + 2 * ring);
    }
  }
}

/** Whether two names overlap, or are the same and less than `near` pixels apart. */
function hits(a, b, near) {
  const room = a.name === b.name ? near : 0;
  return a.left < b.right + room && a.right > b.left - room && a.top < b.bottom + room && a.bottom > b.top - room;
}
