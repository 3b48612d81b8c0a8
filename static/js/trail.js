// From a result to a painting, on to the next one and back: what the wall showed is kept for as long as the tab is open.

const KEY = "pendant.trail";
const LONGEST = 400; // paintings

function keep() {
  const works = [...document.querySelectorAll("#wall .tile")].slice(0, LONGEST);
  const items = works.map((tile) => {
    const link = tile.querySelector(".work");
    return [link.getAttribute("href"), link.querySelector("cite").textContent, tile.id];
  });
  const heading = document.querySelector("h1").textContent.trim();
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ address: location.pathname + location.search, heading, items }));
  } catch { // full, or forbidden: there is no trail then
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? { items: [] };
  } catch {
    return { items: [] };
  }
}

function lead(link, item) {
  if (!item) return;
  [link.href] = item;
  link.querySelector("cite").textContent = item[1];
  link.hidden = false;
}

function show(nav) {
  const { address, heading, items } = kept();
  const at = items.findIndex(([path]) => path === location.pathname);
  if (at === -1) return;
  const back = nav.querySelector(".back");
  back.href = `${address}#${items[at][2]}`;
  back.title = heading;
  back.querySelector("span").textContent = nav.dataset.back;
  lead(nav.querySelector("[rel=prev]"), items[at - 1]);
  lead(nav.querySelector("[rel=next]"), items[at + 1]);
  nav.querySelector(".place").textContent = nav.dataset.place.replace("{place}", at + 1).replace("{all}", items.length);
}

document.addEventListener("click", (event) => { if (event.target.closest("#wall .work")) keep(); }, { capture: true });
const nav = document.getElementById("trail");
if (nav) show(nav);
