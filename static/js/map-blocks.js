// The map in blocks of pixels, drawn once and then only put in their places: a frame is a few large pictures, not thousands of small ones.

import { CELL, REDUCED } from "./map-sheets.js";

const SIDE = 512; // pixels of a block
const LEVELS = [2, 4, 8, 16, 32, 64]; // pixels of a field
const DOTS = 4; // up to this one, the pictures are only their colours
const LARGER = 1.35; // a block may be enlarged so far before those of the next level are drawn
const KEPT = 90; // blocks; one is a megabyte
const A_FRAME = 5; // milliseconds
const FILLED = 0.9; // of a field, by its picture
const DIM = 0.13; // of what a question is not about

export class Blocks {
  #places;
  #sheets;
  #blocks = new Map(); // key → {canvas, context, level, stale, sides, seen}
  #missing = [];
  #coarse = []; // what is still to be drawn of the first level, of which there is always something to show
  #frame = 0;
  #bright = null;

  constructor(places, sheets) {
    this.#places = places;
    this.#sheets = sheets;
    const last = Math.ceil(places.side / (SIDE / LEVELS[0]));
    for (let block = 0; block < last * last; block += 1) this.#coarse.push(keyOf(LEVELS[0], block % last, Math.floor(block / last)));
  }

  /** By number, what stays bright; null: everything. */
  set bright(bright) {
    this.#bright = bright;
    this.#spoil(() => true);
  }

  alpha(number) { return !this.#bright || this.#bright[number] ? 1 : DIM; }

  /** Another sheet has come. */
  arrived(side) { this.#spoil((block) => block.waits && side === sideOf(block.level)); }

  #spoil(which) { for (const block of this.#blocks.values()) if (which(block)) block.stale = true; }

  /** Draw what is seen: `left` and `top` of the canvas in fields, `scale` pixels of it a field. Whether the next frame would show more. */
  draw(context, left, top, scale, width, height) {
    const level = LEVELS.find((each) => scale <= each * LARGER) ?? LEVELS.at(-1);
    this.#frame += 1;
    this.#missing.length = 0;
    const fields = SIDE / level;
    const last = Math.ceil(this.#places.side / fields) - 1;
    const [toColumn, toRow] = [Math.min(last, Math.floor((left + width / scale) / fields)), Math.min(last, Math.floor((top + height / scale) / fields))];
    for (let row = Math.max(0, Math.floor(top / fields)); row <= toRow; row += 1) {
      for (let column = Math.max(0, Math.floor(left / fields)); column <= toColumn; column += 1) {
        const key = keyOf(level, column, row);
        const block = this.#blocks.get(key);
        if (!block || block.stale) this.#missing.push(key);
        if (block) block.seen = this.#frame;
        const x = Math.round((column * fields - left) * scale);
        const y = Math.round((row * fields - top) * scale);
        const wide = Math.round(((column + 1) * fields - left) * scale) - x;
        const high = Math.round(((row + 1) * fields - top) * scale) - y;
        if (block) context.drawImage(block.canvas, x, y, wide, high);
        else this.#instead(context, level, column, row, x, y, wide, high);
      }
    }
    return this.#make();
  }

  /** A part of a block of a coarser level, while the right one is not there. */
  #instead(context, level, column, row, x, y, wide, high) {
    for (let coarser = LEVELS.indexOf(level) - 1; coarser >= 0; coarser -= 1) {
      const times = level / LEVELS[coarser];
      const block = this.#blocks.get(keyOf(LEVELS[coarser], Math.floor(column / times), Math.floor(row / times)));
      if (!block) continue;
      block.seen = this.#frame;
      const part = SIDE / times;
      context.drawImage(block.canvas, (column % times) * part, (row % times) * part, part, part, x, y, wide, high);
      return;
    }
  }

  #make() {
    const end = performance.now() + A_FRAME;
    let made = 0;
    for (; made < this.#missing.length && (made === 0 || performance.now() < end); made += 1) this.#render(this.#missing[made]);
    while (this.#coarse.length && (made === 0 || performance.now() < end)) {
      this.#render(this.#coarse.pop());
      made += 1;
    }
    return made > 0; // what was made is seen in the next frame
  }

  #render(key) {
    const [level, column, row] = partsOf(key);
    const block = this.#blocks.get(key) ?? this.#room();
    this.#blocks.set(key, block);
    Object.assign(block, { level, stale: false, waits: false, seen: this.#frame });
    const { context } = block;
    const { grid, side } = this.#places;
    const fields = SIDE / level;
    context.clearRect(0, 0, SIDE, SIDE);
    for (let down = 0; down < fields && row * fields + down < side; down += 1) {
      for (let across = 0; across < fields && column * fields + across < side; across += 1) {
        const number = grid[(row * fields + down) * side + column * fields + across];
        if (number >= 0) this.#picture(block, number, across * level, down * level, level);
      }
    }
  }

  #picture(block, number, x, y, level) {
    const { context } = block;
    const wide = this.#places.width(number) * level * FILLED;
    const high = this.#places.height(number) * level * FILLED;
    const [left, top] = [x + (level - wide) / 2, y + (level - high) / 2];
    context.globalAlpha = this.alpha(number);
    const side = sideOf(level);
    if (side && this.#sheets.has(number)) {
      if (this.#sheets.draw(context, number, side, left, top, wide, high)) return;
      block.waits = true;
    }
    context.fillStyle = this.#places.colour(number);
    context.fillRect(left, top, wide, high);
  }

  /** A block to draw into: a new one, or the one that was not seen for the longest time. */
  #room() {
    if (this.#blocks.size >= KEPT) {
      let [oldest, seen] = [null, this.#frame];
      for (const [key, block] of this.#blocks) if (block.level !== LEVELS[0] && block.seen < seen) [oldest, seen] = [key, block.seen];
      if (oldest !== null) {
        const block = this.#blocks.get(oldest);
        this.#blocks.delete(oldest);
        return block;
      }
    }
    const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    return { canvas, context: canvas.getContext("2d") };
  }
}

export function pictureBox(places, number, left, top, scale, box) {
  box.width = places.width(number) * scale * FILLED;
  box.height = places.height(number) * scale * FILLED;
  box.x = (places.columns[number] + 0.5 - left) * scale - box.width / 2;
  box.y = (places.rows[number] + 0.5 - top) * scale - box.height / 2;
  return box;
}

const sideOf = (level) => (level <= DOTS ? 0 : level <= REDUCED ? REDUCED : CELL);
const keyOf = (level, column, row) => (LEVELS.indexOf(level) * 4096 + row) * 4096 + column;
const partsOf = (key) => [LEVELS[Math.floor(key / 4096 / 4096)], key % 4096, Math.floor(key / 4096) % 4096];
