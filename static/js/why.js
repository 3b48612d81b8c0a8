// Why is this painting among the results? A window beside it says so. Without this file the link leads to the page that compares the two.

const template = document.getElementById("why-box");
let box;
let waiting; // what is shown until the answer comes
let asking; // of what was asked for last, so that an answer that comes late is let go

function opened() {
  if (box) return box;
  box = template.content.firstElementChild.cloneNode(true);
  waiting = box.querySelector(".whywait");
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); }); // beside the window
  box.addEventListener("close", () => asking?.abort());
  document.body.append(box);
  return box;
}

async function open(link) {
  const body = opened().querySelector(".whybody");
  body.setAttribute("aria-busy", "true");
  body.replaceChildren(waiting.cloneNode(true));
  box.showModal();
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const answer = await fetch(link.dataset.why, { signal }).catch(() => null);
  const html = answer?.ok ? await answer.text().catch(() => null) : null;
  if (signal.aborted) return;
  body.removeAttribute("aria-busy");
  if (html) body.innerHTML = html;
  else body.querySelector(".whywait").textContent = template.dataset.lost;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-why]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});
