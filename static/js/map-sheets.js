// The sheets with the small pictures, sent for when they are needed, kept as far as there is room for them.

export const CELL = 64; // pixels of a cell on a sheet
export const REDUCED = 16; // and on the reduced one
const ACROSS = 32; // cells
const ON_A_SHEET = ACROSS * ACROSS;
const AT_ONCE = 4; // requests
const KEPT = { [CELL]: 10, [REDUCED]: 80 }; // a whole one is 16 MB when it is decoded, a reduced one 1

export class Sheets {
  #places;
  #address;
  #arrived;
  #known = new Map(); // side × 65536 + number of the sheet → {bitmap, used}
  #waiting = [];
  #loading = 0;
  #time = 0;

  /** `address` has {name} and {side}; `arrived(side)` is called when there is another one to draw from. */
  constructor(places, address, arrived) {
    this.#places = places;
    this.#address = address;
    this.#arrived = arrived;
  }

  /** Whether the painting will be on a sheet, sooner or later. */
  has(number) { return this.#places.cells[number] >= 0 && Boolean(this.#places.sheets[Math.floor(this.#places.cells[number] / ON_A_SHEET)]); }

  /** Draw the small picture into a box; false, and it is sent for, where it isn't there yet. */
  draw(context, number, side, x, y, width, height) {
    const cell = this.#places.cells[number];
    const sheet = Math.floor(cell / ON_A_SHEET);
    const known = this.#known.get(side * 65536 + sheet);
    if (!known) this.#ask(sheet, side);
    if (!known?.bitmap) return false;
    known.used = this.#time += 1;
    const on = cell % ON_A_SHEET;
    const wide = Math.max(1, this.#places.width(number) * side);
    const high = Math.max(1, this.#places.height(number) * side);
    context.drawImage(known.bitmap, (on % ACROSS) * side, Math.floor(on / ACROSS) * side, wide, high, x, y, width, height);
    return true;
  }

  #ask(sheet, side) {
    this.#known.set(side * 65536 + sheet, { bitmap: null, used: Infinity });
    this.#waiting.push([sheet, side]);
    this.#load();
  }

  async #load() {
    if (this.#loading >= AT_ONCE || !this.#waiting.length) return;
    const [sheet, side] = this.#waiting.pop(); // what is looked at now comes first
    const key = side * 65536 + sheet;
    this.#loading += 1;
    try {
      const answer = await fetch(this.#address.replace("{name}", this.#places.sheets[sheet]).replace("{side}", side));
      if (answer.ok) this.#known.set(key, { bitmap: await createImageBitmap(await answer.blob()), used: this.#time += 1 });
    } catch { // no connection, or a damaged file: the colours stay
    }
    this.#loading -= 1;
    this.#forget(side);
    this.#arrived(side);
    this.#load();
  }

  #forget(side) {
    const ready = [...this.#known].filter(([key, { bitmap }]) => bitmap && Math.floor(key / 65536) === side);
    ready.sort(([, a], [, b]) => a.used - b.used);
    for (const [key, { bitmap }] of ready.slice(0, Math.max(0, ready.length - KEPT[side]))) {
      bitmap.close();
      this.#known.delete(key);
    }
  }
}
