// The painting in all the sizes that there are of it: renditions, and tiles of what is larger than they. Draws what is there, and loads what
// would be sharper.

const AT_ONCE = 6; // requests
const KEPT = 180; // tiles; one of 512 × 512 pixels is a megabyte
const FADING = 160; // milliseconds
const AGAIN = 5000; // milliseconds until a tile that could not be had is asked for once more
const SHARP = 0.9; // a picture may be enlarged by a tenth before a larger one is loaded

export class Pyramid {
  #image;
  #info;
  #asked = false;
  #arrived;
  #wholes;
  #tiles = new Map(); // address → {image, ready, since, seen}
  #missing = [];
  #loading = 0;

  /** `arrived` is called whenever there is something new to draw. */
  constructor(image, info, arrived) {
    this.#image = image;
    this.#info = typeof info === "string" ? null : info;
    this.#asked = typeof info !== "string";
    this.#arrived = arrived;
    this.#wholes = renditions(image);
    this.address = info;
    const [width, height] = ["width", "height"].map((name) => Number(image.getAttribute(name)) || 1);
    this.width = this.#info?.width || (!info && this.#wholes.at(-1)?.width) || width;
    this.height = this.#info?.height || (this.width * height) / width;
  }

  /** Draw the painting into `box` (in pixels of the canvas, most of it outside). Whether something is still fading in. */
  draw(context, box, { load, fade }) {
    const { canvas } = context;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    const factor = this.#factor(box.width);
    const whole = this.#whole(box.width, load && !factor);
    if (whole) place(context, whole, box, 0, 0, this.width, this.height, this);
    if (load && !this.#asked && box.width * SHARP > (this.#wholes.at(-1)?.width ?? 0)) this.#ask();
    if (!factor) return false;
    const now = performance.now();
    let fading = false;
    const missing = [];
    for (const layer of this.#factors().filter((each) => each >= factor).reverse()) {
      for (const tile of this.#seen(layer, box, canvas)) {
        const known = this.#tiles.get(tile.address);
        if (known?.ready) {
          const age = fade ? (now - known.since) / FADING : 1;
          known.seen = now;
          context.globalAlpha = Math.min(1, age);
          place(context, known.image, box, tile.x, tile.y, tile.width, tile.height, this);
          fading ||= age < 1;
        } else if (layer === factor && !known) missing.push(tile);
      }
    }
    context.globalAlpha = 1;
    if (load) {
      this.#missing = missing.sort((a, b) => a.far - b.far);
      this.#load();
    }
    return fading;
  }

  #factors() { return this.#info?.tiles?.[0].scaleFactors ?? []; }

  /** How much reduced the tiles are that suit a painting so many pixels wide; 0 where a rendition is enough. */
  #factor(width) {
    const factors = this.#factors();
    if (!factors.length || width * SHARP <= (this.#wholes.at(-1)?.width ?? 0)) return 0;
    return [...factors].sort((a, b) => b - a).find((factor) => this.width / factor >= width * SHARP) ?? 1;
  }

  /** The best whole picture that has come; a better one is sent for. */
  #whole(width, load) {
    const wanted = this.#wholes.find((each) => each.width >= width * SHARP) ?? this.#wholes.at(-1);
    if (wanted && load && !wanted.image) {
      wanted.image = new Image();
      wanted.image.src = address(this.#image, wanted.width);
      wanted.image.decode().then(() => { wanted.ready = true; this.#arrived(); }, () => {});
    }
    const ready = this.#wholes.filter((each) => each.ready);
    const best = ready.find((each) => each.width >= width * SHARP) ?? ready.at(-1);
    const first = this.#image.complete && this.#image.naturalWidth ? this.#image : null;
    return best?.image ?? first;
  }

  /** The tiles of a layer that are in sight, with how far each is from the middle. */
  *#seen(factor, box, canvas) {
    const side = this.#info.tiles[0].width * factor;
    const scale = box.width / this.width;
    const first = (edge) => Math.max(0, Math.floor(-edge / scale / side));
    const end = (edge, room, length) => Math.min(Math.ceil(length / side), Math.ceil((room - edge) / scale / side));
    for (let row = first(box.top); row < end(box.top, canvas.height, this.height); row += 1) {
      for (let column = first(box.left); column < end(box.left, canvas.width, this.width); column += 1) {
        const [x, y] = [column * side, row * side];
        const [width, height] = [Math.min(side, this.width - x), Math.min(side, this.height - y)];
        const size = `${Math.ceil(width / factor)},${Math.ceil(height / factor)}`;
        yield {
          x, y, width, height,
          address: `${this.#info.id}/${x},${y},${width},${height}/${size}/0/default.jpg`,
          far: Math.hypot(box.left + (x + width / 2) * scale - canvas.width / 2, box.top + (y + height / 2) * scale - canvas.height / 2),
        };
      }
    }
  }

  #load() {
    while (this.#loading < AT_ONCE && this.#missing.length) {
      const { address } = this.#missing.shift();
      if (this.#tiles.has(address)) continue;
      const tile = { image: new Image(), ready: false, since: 0, seen: performance.now() };
      this.#tiles.set(address, tile);
      this.#loading += 1;
      tile.image.src = address;
      tile.image.decode().then(
        () => { Object.assign(tile, { ready: true, since: performance.now() }); this.#forget(); this.#arrived(); },
        () => setTimeout(() => this.#tiles.delete(address), AGAIN),
      ).finally(() => { this.#loading -= 1; this.#load(); });
    }
  }

  /** Let go of the tiles that have been out of sight for longest. */
  #forget() {
    const ready = [...this.#tiles].filter(([, tile]) => tile.ready);
    ready.sort(([, a], [, b]) => a.seen - b.seen);
    for (const [address] of ready.slice(0, -KEPT)) this.#tiles.delete(address);
  }

  /** Which tiles there are. Without an answer there are none. */
  async #ask() {
    this.#asked = true;
    const answer = await fetch(this.address).catch(() => null);
    if (!answer?.ok) return;
    this.#info = { ...(await answer.json()), id: this.address.replace(/\/info\.json$/, "") };
    this.width = this.#info.width;
    this.height = this.#info.height;
    this.#arrived();
  }
}

/** The sizes of the renditions that an <img> offers: [{width}], ascending. A <picture> around it has the same in other formats. */
function renditions(image) {
  return listed(image).map(({ width }) => ({ width })).sort((a, b) => a.width - b.width);
}

/** Where a rendition is in the format that the browser chose; while it hasn't, in that of the <img>, which all browsers know. */
function address(image, width) {
  const chosen = new URL(image.currentSrc || image.src, location).pathname;
  const formats = [image, ...image.parentElement.querySelectorAll(":scope > source")].map(listed);
  const format = formats.find((each) => each.some((rendition) => rendition.address === chosen)) ?? formats[0];
  return format.find((rendition) => rendition.width === width).address;
}

/** What stands in an element's srcset: [{address, width}]. */
function listed(element) {
  const found = element.srcset.split(",").map((each) => each.trim().match(/^(\S+)\s+(\d+)w$/)).filter(Boolean);
  return found.map(([, address, width]) => ({ address, width: Number(width) }));
}

/** Draw a part of the painting where it belongs. Edges fall on whole pixels, so that no seam shows between neighbours. */
function place(context, image, box, x, y, width, height, painting) {
  const [across, down] = [box.width / painting.width, box.height / painting.height];
  const [left, top] = [Math.round(box.left + x * across), Math.round(box.top + y * down)];
  const [right, bottom] = [Math.round(box.left + (x + width) * across), Math.round(box.top + (y + height) * down)];
  context.drawImage(image, left, top, right - left, bottom - top);
}
