// Why is this painting among the results? A window beside it says so. Without this file the link leads to the page that compares the two.

const LOST = "That could not be said just now. Please try again in a moment.";
let box;
let asking; // of what was asked for last, so that an answer that comes late is let go

function opened() {
  if (box) return box;
  box = document.createElement("dialog");
  box.className = "whybox";
  box.setAttribute("aria-label", "Why it is here");
  box.innerHTML = `<form method="dialog"><button aria-label="Close"><svg class="icon" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="m5 5 14 14M19 5 5 19"/></svg></button></form><div class="whybody"></div>`;
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); }); // beside the window
  box.addEventListener("close", () => asking?.abort());
  document.body.append(box);
  return box;
}

async function open(link) {
  const body = opened().querySelector(".whybody");
  body.setAttribute("aria-busy", "true");
  body.innerHTML = `<p class="whywait" role="status">Looking …</p>`;
  box.showModal();
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const answer = await fetch(link.dataset.why, { signal }).catch(() => null);
  const html = answer?.ok ? await answer.text().catch(() => null) : null;
  if (signal.aborted) return;
  body.removeAttribute("aria-busy");
  if (html) body.innerHTML = html;
  else body.querySelector(".whywait").textContent = LOST;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-why]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});
