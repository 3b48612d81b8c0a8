// The form above the wall, made more comfortable. Without this file, and without htmx, it is a form with a button.

const form = document.getElementById("question");
const IN_HAND = "input:not([type=checkbox]), select";

const openFilter = () => form?.querySelector("details.filter[open]");

document.addEventListener("click", (event) => {
  const open = openFilter();
  if (open && !event.composedPath().includes(open)) open.open = false; // what was clicked may be gone
});

document.addEventListener("keydown", (event) => {
  const open = openFilter();
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// htmx replaces the controls, with their new counts. What the visitor has in hand is not taken away, and a list stays
// where the visitor had scrolled it to.
let scrolled = 0;

// What was changed since the question was asked would be undone by its answer; the next question is about to be asked.
let changedSince = false;

form?.querySelector(".live")?.addEventListener("change", () => { changedSince = true; });

for (const asked of ["htmx:beforeRequest", "htmx:validation:halted"])
  form?.addEventListener(asked, ({ target }) => { if (target === form) changedSince = false; });

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (changedSince && detail.requestConfig.elt === form) detail.shouldSwap = false;
  scrolled = openFilter()?.querySelector(".choices")?.scrollTop ?? 0;
});

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const held = document.activeElement;
  if (detail.target.contains(held) && held.matches(IN_HAND)) detail.shouldSwap = false;
  if (detail.target.matches("details")) detail.target.hidden = detail.fragment.hidden;
});

document.addEventListener("htmx:afterSettle", () => {
  const list = openFilter()?.querySelector(".choices");
  if (list) list.scrollTop = scrolled;
});

const say = (sentence) => {
  const count = document.getElementById("count");
  if (count) count.textContent = sentence;
};

document.addEventListener("htmx:sendError", () => say(form?.dataset.offline));
document.addEventListener("htmx:responseError", () => say(form?.dataset.broken));
