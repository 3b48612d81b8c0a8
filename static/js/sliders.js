// The sliders of the form: how much a feature counts, and the years between two handles. Each writes into a field that
// is there without this file, too.

const FULL = 100;
const form = document.getElementById("question");
const tell = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

function showLikeness(slider) {
  const row = slider.closest(".slider");
  const counts = Number(slider.value) > 0;
  row.classList.toggle("off", !counts);
  row.querySelector("output").value = slider.value;
  row.querySelector(".toggle").setAttribute("aria-pressed", counts);
}

form?.addEventListener("click", (event) => {
  const toggle = event.target.closest(".toggle");
  if (!toggle) return;
  const slider = toggle.closest(".slider").querySelector("input");
  slider.value = Number(slider.value) ? 0 : FULL;
  showLikeness(slider);
  tell(slider);
});

// --- Years ---------------------------------------------------------------------------------------------------------

const field = (id) => document.getElementById(id);

// A handle at its end asks for nothing: the collection may grow beyond it.
function showYears(moved) {
  const { first, last } = moved.parentElement.dataset;
  const [from, to] = [field("years-from"), field("years-to")];
  const width = Number(from.step);
  if (moved === from) from.value = Math.min(from.value, to.value - width + 1);
  else to.value = Math.max(to.value, Number(from.value) + width - 1);
  if (moved === from) field("from").value = from.value === first ? "" : from.value; // the other may be a year that was typed
  else field("to").value = to.value === last ? "" : to.value;
  mark(Number(from.value), Number(to.value), moved.parentElement);
}

function mark(low, high, histogram) {
  const width = Number(field("years-from").step);
  const first = Number(histogram.dataset.first);
  for (const bar of histogram.querySelectorAll("rect")) {
    const year = first + bar.x.baseVal.value * width;
    bar.classList.toggle("in", year + width - 1 >= low && year <= high);
  }
}

function typed(number) {
  const handle = field(`years-${number.id}`);
  if (!handle) return;
  const { first, last } = handle.parentElement.dataset;
  handle.value = number.value || (number.id === "from" ? first : last);
  mark(Number(field("from").value || first), Number(field("to").value || last), handle.parentElement);
}

form?.addEventListener("input", ({ target }) => {
  if (target.closest(".slider")) showLikeness(target);
  else if (target.closest(".histogram")) showYears(target);
  else if (target.id === "from" || target.id === "to") typed(target);
});

// Whichever handle is nearer to the pointer comes to the top, so that both can be had where they lie on each other.
form?.addEventListener("pointermove", (event) => {
  const histogram = event.target.closest?.(".histogram");
  if (!histogram || event.buttons) return;
  const box = histogram.getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  const place = (input) => (input.value - input.min) / (input.max - input.min);
  const [from, to] = [field("years-from"), field("years-to")].map(place);
  histogram.classList.toggle("from-first", Math.abs(share - from) < Math.abs(share - to) || (from === to && share < from));
});
