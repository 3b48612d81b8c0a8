// The page of a selection. One's own follows what is kept, here and in other tabs, and can be put in order; of somebody
// else's one can keep what one likes. Without this file: the wall as it was sent.

import { MOST, address, follow, keep, kept } from "./kept.js";

const page = document.getElementById("selection");
const wall = document.getElementById("wall");
const tools = document.getElementById("piece-tools");
const { path } = page.dataset;
const part = (name) => page.querySelector(`[data-part=${name}]`);
const idOf = (tile) => Number(tile.id.slice(1));
const titleOf = (tile) => tile.querySelector("cite").textContent;
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const named = page.dataset.ids ? page.dataset.ids.split(",").map(Number) : [];
const tiles = new Map([...wall.children].map((tile) => [idOf(tile), tile]));
const absent = new Set(named.filter((id) => !tiles.has(id))); // asked for, and not shown by the server
let undone; // what was kept before the last change

const same = (some, others) => some.length === others.length && some.every((id) => others.includes(id));
const shown = () => [...wall.children].map(idOf);

// --- Whose it is ------------------------------------------------------------------------------------------------------
// One's own where it is what is kept now, or was when one came: this entry of the browser's history remembers.

const isMine = () => history.state?.mine === true || same(named, kept());

function greet(whose) {
  page.dataset.whose = whose;
  const heading = page.querySelector("h1");
  const words = heading.dataset[whose];
  if (!words) return;
  document.title = document.title.replace(heading.textContent, words);
  heading.textContent = words;
}

// --- One's own --------------------------------------------------------------------------------------------------------

function equipped(tile) {
  if (tile.querySelector(".piecetools")) return tile;
  const bar = tools.content.cloneNode(true);
  for (const label of bar.querySelectorAll("[data-named]")) label.textContent = filled(label.dataset.named, { title: titleOf(tile) });
  tile.append(bar);
  return tile;
}

async function fetched(ids) {
  const answer = await fetch(address(path, ids));
  if (!answer.ok) throw new Error(`${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const tile of fresh.querySelectorAll("#wall > .tile")) tiles.set(idOf(tile), document.adoptNode(tile));
  for (const id of ids) if (!tiles.has(id)) absent.add(id);
}

async function showMine() {
  const unknown = kept().filter((id) => !tiles.has(id) && !absent.has(id));
  if (unknown.length) await fetched(unknown).catch(() => {}); // no connection: those that are there
  const ids = kept();
  const present = ids.filter((id) => tiles.has(id)).map((id) => equipped(tiles.get(id)));
  if (present.some((tile, place) => tile !== wall.children[place]) || present.length !== wall.children.length) {
    wall.replaceChildren(...present);
  }
  history.replaceState({ ...history.state, mine: true }, "", address(path, ids));
  describe(ids);
}

function describe(ids) {
  const here = shown();
  const { none, one, several } = part("count").dataset;
  part("count").hidden = false;
  part("count").textContent = filled(here.length === 0 ? none : here.length === 1 ? one : several, { n: here.length.toLocaleString(document.documentElement.lang) });
  const gone = ids.filter((id) => absent.has(id)).length;
  const missing = part("missing");
  missing.hidden = !gone;
  missing.querySelector("span").textContent = filled(gone === 1 ? missing.dataset.one : missing.dataset.several, { n: gone });
  page.toggleAttribute("data-empty", !here.length);
  part("first").hidden = here.length <= Number(part("first").dataset.most);
  leadOn(here);
  for (const link of page.querySelectorAll("[data-with]")) {
    const [base] = link.getAttribute("href").split("?");
    const few = here.slice(0, Number(link.dataset.most) || MOST);
    link.href = link.dataset.with === "like" ? `${base}?${few.map((id) => `like=${id}`).join("&")}` : address(base, ids);
  }
}

function leadOn(here) {
  const walk = part("walk");
  walk.hidden = here.length < 2;
  walk.textContent = here.length === 2 ? walk.dataset.two : walk.dataset.several;
  walk.href = walk.dataset.path.replace("0/0", `${here[0]}/${here.at(-1)}`);
}

function saved(ids) {
  const done = keep(ids);
  if (!done) tell(document.getElementById("kept-said").dataset.refused, false);
  return done;
}

function change(ids, sentence) {
  const before = kept();
  if (!saved(ids)) return;
  undone = before;
  tell(sentence, true);
}

function tell(sentence, canUndo) {
  part("said").textContent = sentence;
  part("undo").hidden = !canUndo;
}

function remove(tile) {
  const { nextElementSibling: next, previousElementSibling: previous } = tile;
  const sentence = filled(page.dataset.removed, { title: titleOf(tile) });
  change(kept().filter((id) => id !== idOf(tile)), sentence);
  ((next ?? previous)?.querySelector("[data-tool=remove]") ?? part("undo")).focus();
}

function move(tile, by, button) {
  const here = shown();
  const from = here.indexOf(idOf(tile));
  const neighbour = here[from + by];
  if (neighbour === undefined) return;
  const ids = kept().filter((id) => id !== idOf(tile)); // with those that are not shown, in their places
  ids.splice(ids.indexOf(neighbour) + (by > 0 ? 1 : 0), 0, idOf(tile));
  if (!saved(ids)) return;
  tell(filled(page.dataset.moved, { title: titleOf(tile), place: from + by + 1, all: here.length }), false);
  button.focus({ preventScroll: true }); // it was taken out and put in again
  tile.scrollIntoView({ block: "nearest" });
}

const actions = {
  remove: (tile) => remove(tile),
  earlier: (tile, button) => move(tile, -1, button),
  later: (tile, button) => move(tile, 1, button),
  clear: () => { change([], page.dataset.cleared); part("undo").focus(); },
  forget: () => { change(kept().filter((id) => !absent.has(id)), page.dataset.forgotten); part("undo").focus(); },
  undo: () => {
    const since = kept().filter((id) => !undone.includes(id)); // in another tab
    if (saved([...undone, ...since])) tell(page.dataset.undone, false);
    page.querySelector("h1").focus();
  },
};

// --- Somebody else's --------------------------------------------------------------------------------------------------

function showTheirs() {
  const own = kept();
  const lacking = shown().filter((id) => !own.includes(id));
  if (shown().length) greet(lacking.length ? "shared" : "known");
}

actions.adopt = () => {
  const own = kept();
  const added = shown().filter((id) => !own.includes(id));
  const room = MOST - own.length;
  if (!saved([...own, ...added])) return;
  tell(added.length > room ? filled(page.dataset.full, { n: room }) : page.dataset.adopted, false);
  page.querySelector("h1").focus(); // the button is gone, unless there was no room
};

// --- Both -------------------------------------------------------------------------------------------------------------

actions.copy = async () => {
  const own = new URL(page.dataset.whose === "mine" ? address(path, kept()) : location.href, location.href).href;
  const field = part("address");
  field.value = own;
  try {
    await navigator.clipboard.writeText(own);
    tell(page.dataset.copied, false);
  } catch { // not allowed, or no safe connection: to be copied by hand
    field.hidden = false;
    field.select();
    tell(page.dataset.uncopied, false);
  }
};

page.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tool]");
  if (button) actions[button.dataset.tool](button.closest(".tile"), button);
});

if (!page.dataset.ids && kept().length) {
  location.replace(address(path, kept()));
} else if (isMine()) {
  greet("mine");
  follow(showMine);
} else if (page.dataset.ids) {
  follow(showTheirs);
}
