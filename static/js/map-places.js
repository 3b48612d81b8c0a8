// Where everything hangs: the file that search/map/atlas.py describes, as arrays with a number a painting.

export class Places {
  #numbers = null; // id → number

  constructor(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    let at = 4 + length;
    const take = (Kind) => {
      const array = new Kind(buffer, at, head.count);
      at += array.byteLength;
      return array;
    };
    this.count = head.count;
    this.side = head.side;
    this.sheets = head.sheets;
    this.ids = take(Uint32Array);
    this.cells = take(Int32Array);
    this.columns = take(Uint16Array);
    this.rows = take(Uint16Array);
    [this.reds, this.greens, this.blues, this.shapes] = [Uint8Array, Uint8Array, Uint8Array, Uint8Array].map(take);
    this.grid = new Int32Array(this.side * this.side).fill(-1);
    this.box = { left: this.side, top: this.side, right: 0, bottom: 0 };
    this.#measure();
  }

  #measure() {
    const { box, cells, columns, rows } = this;
    for (let number = 0; number < this.count; number += 1) {
      if (number) cells[number] += cells[number - 1];
      const [column, row] = [columns[number], rows[number]];
      this.grid[row * this.side + column] = number;
      box.left = Math.min(box.left, column);
      box.right = Math.max(box.right, column + 1);
      box.top = Math.min(box.top, row);
      box.bottom = Math.max(box.bottom, row + 1);
    }
    if (!this.count) Object.assign(box, { left: 0, top: 0, right: this.side, bottom: this.side });
  }

  /** The number of the painting in the field of a point, −1 where there is none. */
  at(x, y) {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    return column < 0 || row < 0 || column >= this.side || row >= this.side ? -1 : this.grid[row * this.side + column];
  }

  numberOf(id) {
    this.#numbers ??= new Map(Array.from(this.ids, (each, number) => [each, number]));
    return this.#numbers.get(id) ?? -1;
  }

  /** How wide and high a picture is, of a longer side of 1. */
  width(number) { return this.shapes[number] & 128 ? (this.shapes[number] & 127) / 64 : 1; }

  height(number) { return this.shapes[number] & 128 ? 1 : this.shapes[number] / 64; }

  colour(number) { return `rgb(${this.reds[number]} ${this.greens[number]} ${this.blues[number]})`; }

  /** The painting nearest to a point, in fields. */
  nearest(x, y) { return this.#least((right, down) => right * right + down * down, x, y); }

  /** The painting nearest to another in a direction: what lies ahead before what lies aside. −1 where there is none. */
  towards(number, right, down) {
    const ahead = (across, along) => across * right + along * down;
    const aside = (across, along) => Math.abs(across * down) + Math.abs(along * right);
    return this.#least((across, along) => {
      const [far, off] = [ahead(across, along), aside(across, along)];
      return far > 0 && off <= far ? far + 2 * off : Infinity;
    }, this.columns[number] + 0.5, this.rows[number] + 0.5);
  }

  #least(measure, x, y) {
    let [found, least] = [-1, Infinity];
    for (let number = 0; number < this.count; number += 1) {
      const value = measure(this.columns[number] + 0.5 - x, this.rows[number] + 0.5 - y);
      if (value < least) [found, least] = [number, value];
    }
    return found;
  }
}
