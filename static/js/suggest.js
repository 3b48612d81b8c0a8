// Suggestions while typing, as a combobox (ARIA Authoring Practices, "list autocomplete with manual selection"): arrows
// go through them, Enter opens the one that is marked or else searches, Escape closes. Without this file: a text field.

const PAUSE = 150; // milliseconds without a key
const LEAST = 2; // letters

const box = document.querySelector(".combobox");
const input = document.getElementById("words");
const list = document.getElementById("suggested");
let pause;
let asking; // the AbortController of the question under way

const options = () => [...list.querySelectorAll("[role=option]")];
const marked = () => list.querySelector("[aria-selected=true]");

function mark(option) {
  marked()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function show(open) {
  list.hidden = !open;
  input.setAttribute("aria-expanded", open);
  if (!open) mark(null);
}

function forget() {
  clearTimeout(pause);
  asking?.abort();
}

async function ask() {
  const text = input.value.trim();
  forget();
  if (text.length < LEAST) {
    list.replaceChildren();
    return show(false);
  }
  asking = new AbortController();
  try {
    const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: text })}`, { signal: asking.signal });
    if (!answer.ok) return show(false);
    list.innerHTML = await answer.text();
    show(document.activeElement === input && options().length > 0);
  } catch { // aborted by the next letter, or no connection: the field still searches
  }
}

function step(by) {
  forget(); // what one goes through is not exchanged under one's hands
  const all = options();
  const at = all.indexOf(marked());
  const next = at + by;
  mark(at === -1 ? all.at(by > 0 ? 0 : -1) : all[next] ?? null); // past the ends: what was typed
}

function onKey(event) {
  if (event.isComposing) return;
  const open = !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open || options().length) {
      show(true); // what Escape had closed
      step(event.key === "ArrowDown" ? 1 : -1);
    } else ask();
  } else if (event.key === "Enter" && open && marked()) {
    event.preventDefault();
    location.assign(marked().dataset.url);
  } else if (event.key === "Enter") {
    forget();
    show(false);
  } else if (event.key === "Escape" && open) {
    event.preventDefault(); // else the browser empties the field
    event.stopPropagation();
    show(false);
  }
}

if (box) {
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggested", "aria-expanded": "false",
  })) input.setAttribute(name, value);
  input.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(ask, PAUSE); });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => { forget(); show(false); });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== marked()) mark(option);
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}
