// The painting on its page, to be looked into where it hangs, or over the whole screen. Without this file a link leads to the large picture.

import { Zoom } from "./zoom.js";
import { STEP, keys } from "./zoom-gestures.js";

function hang(root) {
  const room = root.querySelector("[data-room]");
  room.querySelector("a").removeAttribute("href"); // a click looks closer now
  room.querySelector("a").removeAttribute("title");
  room.tabIndex = 0;
  const zoom = new Zoom(room, root.dataset.info || null);
  const tool = (name) => root.querySelector(`[data-tool=${name}]`);
  const actions = { closer: () => zoom.by(STEP), further: () => zoom.by(1 / STEP), whole: () => zoom.reset(), full: () => turn(root) };
  for (const [name, action] of Object.entries(actions)) tool(name).addEventListener("click", action);
  root.querySelector(".zoom-tools").addEventListener("keydown", (event) => keys(zoom, event));

  const tell = () => {
    const { scale } = zoom.goal;
    root.querySelector("output").textContent = `${scale < 9.95 ? scale.toFixed(1).replace(/\.0$/, "") : Math.round(scale)}×`;
    // Not disabled, which would take the focus from whoever presses it.
    tool("further").setAttribute("aria-disabled", String(!zoom.zoomed));
    tool("whole").setAttribute("aria-disabled", String(!zoom.zoomed));
    tool("closer").setAttribute("aria-disabled", String(scale >= zoom.closest * 0.999));
  };
  zoom.addEventListener("view", tell);
  tell();

  const entering = tool("full").title;
  const settle = () => {
    const full = isFull(root);
    zoom.filling = full;
    for (const each of ["aria-label", "title"]) tool("full").setAttribute(each, full ? tool("full").dataset.out : entering);
    root.classList.toggle("full", full);
    tell();
  };
  document.addEventListener("fullscreenchange", settle);
  root.addEventListener("filled", settle);
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && root.classList.contains("filled")) turn(root); });
  root.classList.add("ready");
}

const isFull = (root) => document.fullscreenElement === root || root.classList.contains("filled");

function turn(root) {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (root.classList.contains("filled")) fill(root, false);
  else if (document.fullscreenEnabled) root.requestFullscreen().catch(() => fill(root, true));
  else fill(root, true);
}

/** Over the whole window, where the browser gives no screen away, as on small phones; all beside it is out of reach meanwhile. */
function fill(root, filled) {
  root.classList.toggle("filled", filled);
  document.documentElement.classList.toggle("covered", filled);
  for (let each = root; each !== document.body; each = each.parentElement) {
    for (const other of each.parentElement.children) if (other !== each) other.inert = filled;
  }
  root.dispatchEvent(new Event("filled"));
}

for (const root of document.querySelectorAll("[data-zoom]")) hang(root);
