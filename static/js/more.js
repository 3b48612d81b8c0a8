// "Show more": the wall grows by the next page, and the address with it, so that whoever comes back finds the wall as it
// was. What comes next is fetched before it is asked for. Without this file: a link to the next page.

const AHEAD = "150%"; // of the window's height: so near to the end the next part is fetched
const BUSY_MS = 1000; // so long a busy page may put it off

const results = () => document.getElementById("results");
const parts = new Map(); // address → promise of the part as HTML

const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 200));

function part(address) {
  if (!parts.has(address)) {
    const url = `${address}${address.includes("?") ? "&" : "?"}part=1`;
    parts.set(address, fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.text();
    }));
    parts.get(address).catch(() => parts.delete(address));
  }
  return parts.get(address);
}

const near = new IntersectionObserver((entries) => {
  const link = entries.find((entry) => entry.isIntersecting)?.target;
  if (link?.dataset.more && !navigator.connection?.saveData) {
    idle(() => part(link.dataset.more).catch(() => {}), { timeout: BUSY_MS });
  }
}, { rootMargin: `0px 0px ${AHEAD}` });

function watch() {
  near.disconnect();
  const link = document.getElementById("more");
  if (link) near.observe(link);
}

function grow(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const tiles = [...fresh.querySelectorAll("#wall > li")];
  document.getElementById("wall").append(...tiles);
  const pages = fresh.getElementById("pages");
  document.getElementById("pages").replaceWith(pages);
  history.replaceState(history.state, "", pages.dataset.here);
  watch();
  return tiles[0];
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("#more[data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (results().ariaBusy === "true") return;
  results().ariaBusy = "true";
  try {
    const first = grow(await part(link.dataset.more));
    if (!event.detail) first?.querySelector("a").focus({ preventScroll: true }); // by a key: on to the new ones
  } catch {
    location.assign(link.href);
  } finally {
    results().ariaBusy = "false";
  }
});

document.addEventListener("htmx:afterSwap", watch);
watch();
