// “Keep”, on every picture and on a painting's page, and how many are kept, in the masthead. Without this file there is no such sign.

import { MOST, address, follow, keep, kept } from "./kept.js";

const link = document.getElementById("my-selection");
const said = document.getElementById("kept-said");
const LONG_ENOUGH = 8000; // milliseconds, to read one sentence
let silence; // the timer

function say(sentence) {
  clearTimeout(silence);
  said.textContent = sentence;
  silence = setTimeout(() => { said.textContent = ""; }, LONG_ENOUGH);
}

function toggle(id) {
  const ids = kept();
  const others = ids.filter((each) => each !== id);
  if (others.length === MOST) say(said.dataset.full);
  else if (!keep(others.length < ids.length ? others : [...ids, id])) say(said.dataset.refused);
}

function mark(root, ids) {
  for (const sign of root.querySelectorAll("[data-keep]")) sign.setAttribute("aria-pressed", ids.has(Number(sign.dataset.keep)));
}

function show() {
  const ids = kept();
  mark(document, new Set(ids));
  const count = link.querySelector(".count");
  count.textContent = ids.length || "";
  link.querySelector(".unseen").hidden = !ids.length;
  link.href = address(link.dataset.path, ids);
}

document.addEventListener("click", (event) => {
  const sign = event.target.closest?.("[data-keep]");
  if (sign) toggle(Number(sign.dataset.keep));
});

// Walls grow, and are exchanged.
new MutationObserver((changes) => {
  const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.nodeType === Node.ELEMENT_NODE);
  if (!added.length) return;
  const ids = new Set(kept());
  for (const node of added) mark(node, ids);
}).observe(document.getElementById("main"), { childList: true, subtree: true });

follow(show);
