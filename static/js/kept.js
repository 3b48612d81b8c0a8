// What the visitor keeps: the ids of paintings, in this browser and nowhere else. Every tab hears of every change.

const KEY = "pendant.selection";
export const MOST = 200;

// Whatever stands there, by an older version, another program or an accident: what is no id is left out.
function read(text) {
  try {
    const found = JSON.parse(text);
    if (!Array.isArray(found)) return [];
    return [...new Set(found.filter((id) => Number.isSafeInteger(id) && id > 0))].slice(0, MOST);
  } catch {
    return [];
  }
}

/** The ids in the visitor's order; none where the browser's storage is switched off. */
export function kept() {
  try {
    return read(localStorage.getItem(KEY));
  } catch {
    return [];
  }
}

/** Keep these instead. False where the browser keeps nothing: its storage is switched off, or full. */
export function keep(ids) {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids.slice(0, MOST)));
  } catch {
    return false;
  }
  window.dispatchEvent(new Event("kept"));
  return true;
}

/** Call `show` now and after every change, here or in another tab. */
export function follow(show) {
  window.addEventListener("kept", show);
  window.addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) show(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) show(); }); // out of the browser's memory
  show();
}

/** Where a selection is shown. */
export const address = (path, ids) => (ids.length ? `${path}?paintings=${ids.join(",")}` : path);
