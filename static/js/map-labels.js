// What the paintings are called, and their larger pictures: sent for a few at a time, when somebody looks at them.

const PAUSE = 60; // milliseconds in which more may be wanted
const AT_ONCE = 60; // as the server takes

export class Labels {
  #places;
  #address;
  #arrived;
  #known = new Map(); // number → what the server says, null until it does
  #wanted = new Set();
  #timer = 0;

  constructor(places, address, arrived) {
    this.#places = places;
    this.#address = address;
    this.#arrived = arrived;
  }

  /** {title, by, date, url, pictures}; null while it is not known, and then it is asked for. */
  of(number) {
    if (!this.#known.has(number)) this.want(number);
    return this.#known.get(number) ?? null;
  }

  want(number) {
    if (number < 0 || this.#known.has(number)) return;
    this.#known.set(number, null);
    this.#wanted.add(number);
    this.#timer ||= setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const numbers = [...this.#wanted].slice(-AT_ONCE);
    this.#timer = 0;
    for (const number of numbers) this.#wanted.delete(number);
    if (this.#wanted.size) this.#timer = setTimeout(() => this.#ask(), PAUSE);
    try {
      const answer = await fetch(`${this.#address}?ids=${numbers.map((number) => this.#places.ids[number]).join(",")}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const found = await answer.json();
      for (const number of numbers) {
        const label = found[this.#places.ids[number]];
        if (label) this.#known.set(number, label);
      }
      this.#arrived();
    } catch { // no connection, or none just now: they may be asked for again
      for (const number of numbers) this.#known.delete(number);
    }
  }
}
