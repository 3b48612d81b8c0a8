// The paintbox: a colour is added, changed, weighed and removed without leaving the page. Without this file: links.

const MOST = 5;
const form = document.getElementById("question");
const rows = () => [...form.querySelectorAll(".mixture li")];
const tell = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

function write(row) {
  const colour = row.querySelector("input[type=color]").value.slice(1);
  row.querySelector("input[type=hidden]").value = `${colour}:${row.querySelector("input[type=range]").value}`;
}

function weigh() {
  const shares = rows().map((row) => Number(row.querySelector("input[type=range]").value));
  const total = shares.reduce((sum, share) => sum + share, 0);
  rows().forEach((row, place) => { row.querySelector("output").value = `${Math.round((100 * shares[place]) / total)}\u00a0%`; });
}

// The server draws the row; until it has, a field asks for it. It is the panel that speaks, so that nothing is in hand
// and all of it can be drawn anew.
function add(colour) {
  const panel = form.querySelector(".paintbox");
  if (rows().length >= MOST) return;
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: "colour", value: `${colour}:100` });
  const last = rows().at(-1)?.querySelector("input[type=range]");
  if (last) hidden.value = `${colour}:${last.value}`;
  panel.append(hidden);
  tell(hidden);
}

form?.addEventListener("click", (event) => {
  const offer = event.target.closest(".pigments a");
  const gone = event.target.closest(".mixture .remove");
  if (!(offer || gone) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const panel = form.querySelector("#filter-colours");
  panel.querySelector("summary").focus(); // what had the focus goes
  if (offer) add(offer.dataset.colour);
  if (gone) {
    gone.closest("li").remove();
    tell(panel.querySelector(".paintbox"));
  }
});

form?.addEventListener("input", ({ target }) => {
  const row = target.closest(".mixture li");
  if (!row) return;
  write(row);
  weigh();
});

// Of a picker only the last word counts, and it is htmx that listens for it.
form?.addEventListener("change", (event) => {
  if (event.target.id !== "new-colour") return;
  event.stopPropagation();
  event.target.blur();
  add(event.target.value.slice(1));
}, { capture: true });
