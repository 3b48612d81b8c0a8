// Names, for those who can't see the form, where Django leaves them out: the fields in a table, and Select2's boxes.
const name = (element, text) => {
  if (element && text?.trim() && !element.getAttribute("aria-label")) element.setAttribute("aria-label", text.trim());
};

const nameCells = (table) => {
  for (const heading of table.querySelectorAll("th.original:empty")) {
    const hidden = document.createElement("span");
    hidden.className = "visually-hidden";
    hidden.textContent = document.querySelector("#desk-words").dataset.entry;
    heading.append(hidden);
  }
  const headings = [...table.querySelectorAll("thead th")];
  for (const cell of table.querySelectorAll("tbody td")) {
    const heading = headings[cell.cellIndex]?.textContent.replace("?", "");
    for (const field of cell.querySelectorAll("select, textarea, input:not([type=hidden])")) name(field, heading);
  }
};

const nameEverything = () => {
  document.querySelectorAll(".tabular table").forEach(nameCells);
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const text = select.labels[0]?.textContent.replace(":", "") ?? select.getAttribute("aria-label");
    name(select.nextElementSibling?.querySelector(".select2-selection__rendered"), text);
  }
};

django.jQuery(nameEverything); // after Select2, which waits for the page in the same queue
document.addEventListener("formset:added", () => setTimeout(nameEverything)); // after Select2 has taken the new row
