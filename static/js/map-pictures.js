// The pictures themselves, where one has come so near that the small ones are blurred.

const AT_ONCE = 6; // requests
const KEPT = 500;

export class Pictures {
  #labels;
  #arrived;
  #known = new Map(); // number → {image, width, ready, seen}
  #loading = 0;
  #time = 0;

  constructor(labels, arrived) {
    this.#labels = labels;
    this.#arrived = arrived;
  }

  /** The best that has come of a painting, or null; with `load`, one that is `width` pixels wide is sent for. */
  of(number, width, load) {
    const known = this.#known.get(number);
    if (known) known.seen = this.#time += 1;
    if (load && !(known?.width >= width || known?.loading)) this.#load(number, width, known);
    return known?.ready ?? null;
  }

  #load(number, width, known) {
    const sizes = this.#labels.of(number)?.pictures;
    if (!sizes?.length || this.#loading >= AT_ONCE) return;
    const [wide, address] = sizes.find(([each]) => each >= width) ?? sizes.at(-1);
    if (known?.wide === wide) return;
    const image = new Image();
    const entry = { ready: known?.ready ?? null, width: known?.width ?? 0, wide, loading: true, seen: this.#time += 1 };
    this.#known.set(number, entry);
    this.#loading += 1;
    image.src = address;
    image.decode().then(() => Object.assign(entry, { ready: image, width }), () => {}).finally(() => {
      entry.loading = false;
      this.#loading -= 1;
      this.#forget();
      this.#arrived();
    });
  }

  #forget() {
    if (this.#known.size <= KEPT) return;
    const eldest = [...this.#known].filter(([, { loading }]) => !loading).sort(([, a], [, b]) => a.seen - b.seen);
    for (const [number] of eldest.slice(0, this.#known.size - KEPT)) this.#known.delete(number);
  }
}
