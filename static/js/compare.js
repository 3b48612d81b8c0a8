// Two paintings, looked into together, and the parts that make them alike laid over both. Without this file: two pictures and links.

import { Zoom } from "./zoom.js";
import { keys } from "./zoom-gestures.js";

const STEP = 1.5;

const page = document.querySelector(".comparison");
const tool = (name) => page.querySelector(`[data-tool=${name}]`);

/** One of the two: the picture to look into, and what is laid over it. */
class Side {
  constructor(figure) {
    this.stage = figure.querySelector(".stage");
    this.room = figure.querySelector(".room");
    this.heat = figure.querySelector(".heat");
    this.said = figure.querySelector(".said");
    this.room.tabIndex = 0;
    this.zoom = new Zoom(this.room, this.stage.dataset.info || null);
    new ResizeObserver(() => this.follow()).observe(this.room);
  }

  /** What lies over the picture moves as the picture does. */
  follow() {
    const { x, y, scale } = this.zoom.view;
    const { width, height } = this.room.getBoundingClientRect();
    const fit = Math.min(width / this.heat.getAttribute("width"), height / this.heat.getAttribute("height"));
    const [right, down] = [(0.5 - x) * this.heat.getAttribute("width"), (0.5 - y) * this.heat.getAttribute("height")];
    this.heat.style.transform = `translate(${right * fit * scale}px, ${down * fit * scale}px) scale(${scale})`;
  }

  /** Look for the parts that speak for it: once, however often it is asked for meanwhile. */
  async look() {
    this.answer = await (this.asking ??= asked(this.stage.dataset.regions));
    if (!this.answer.sentence || this.answer.failed) return;
    if (this.answer.overlay) {
      this.heat.src = this.answer.overlay;
      await this.heat.decode().catch(() => {});
    }
  }

  show(shown) {
    this.heat.hidden = !(shown && this.answer?.overlay);
    this.said.textContent = shown && !this.answer?.failed ? this.answer?.sentence ?? "" : "";
  }
}

async function asked(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  const body = await answer?.json().catch(() => null);
  return answer?.ok && body ? body : { failed: true, sentence: body?.sentence ?? page.querySelector(".looking").dataset.lost };
}

function together(sides) {
  const tell = () => {
    const { scale } = sides[0].zoom.goal;
    const zoomed = sides.some((side) => side.zoom.zoomed);
    page.querySelector("output").textContent = `${scale.toFixed(1).replace(/\.0$/, "")}×`;
    tool("further").setAttribute("aria-disabled", String(!zoomed));
    tool("whole").setAttribute("aria-disabled", String(!zoomed));
    tool("closer").setAttribute("aria-disabled", String(sides.every((side) => side.zoom.goal.scale >= side.zoom.closest * 0.999)));
  };
  for (const [index, side] of sides.entries()) {
    const other = sides[1 - index];
    side.zoom.addEventListener("view", () => {
      if (tool("together").checked) other.zoom.view = side.zoom.view;
      for (const each of sides) each.follow();
      tell();
    });
  }
  // While they go together, the one follows the other; apart, a button moves both.
  const each = (action) => () => { for (const side of tool("together").checked ? sides.slice(0, 1) : sides) action(side.zoom); };
  tool("closer").addEventListener("click", each((zoom) => zoom.by(STEP)));
  tool("further").addEventListener("click", each((zoom) => zoom.by(1 / STEP)));
  tool("whole").addEventListener("click", each((zoom) => zoom.reset()));
  tool("together").addEventListener("change", () => {
    if (!tool("together").checked) return;
    sides[1].zoom.view = sides[0].zoom.view;
    for (const side of sides) side.follow();
    tell();
  });
  page.querySelector(".zoom-tools").addEventListener("keydown", (event) => keys(sides[0].zoom, event));
  tell();
}

function regions(sides) {
  const button = tool("regions");
  if (!button) return;
  const bar = page.querySelector(".looking progress");
  const words = page.querySelector(".looking p");
  let shown = false;

  const address = (link) => {
    const url = new URL(link, location);
    if (shown) url.searchParams.set("regions", "1");
    else url.searchParams.delete("regions");
    return url.href;
  };

  const turn = async (wanted) => {
    shown = wanted;
    button.setAttribute("aria-pressed", String(shown));
    page.querySelector(".explained").hidden = !shown;
    history.replaceState(history.state, "", address(location));
    for (const link of page.querySelectorAll("[data-tool=swap], .compareby a")) link.href = address(link.href);
    words.textContent = "";
    if (shown) await look();
    for (const side of sides) side.show(shown);
  };

  const look = async () => {
    const waiting = sides.filter((side) => !side.answer);
    const patience = setTimeout(() => { if (shown) begin(); }, 150); // what is known already comes without ado
    const begin = () => {
      bar.hidden = false;
      words.textContent = page.querySelector(".looking").dataset.patience;
    };
    bar.value = sides.length - waiting.length;
    for (const side of sides) {
      await side.look();
      bar.value += Number(waiting.includes(side));
      if (shown) side.show(true);
    }
    clearTimeout(patience);
    bar.hidden = true;
    const failed = sides.find((side) => side.answer?.failed);
    words.textContent = failed && shown ? failed.answer.sentence : "";
    for (const side of sides) if (side.answer?.failed) side.answer = side.asking = undefined; // another press asks again
  };

  button.addEventListener("click", () => turn(!shown));
  if ("shown" in page.dataset) turn(true);
}

if (page) {
  const sides = [...page.querySelectorAll(".side")].map((figure) => new Side(figure));
  together(sides);
  regions(sides);
}
