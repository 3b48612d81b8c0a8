// A photo by file chooser, camera, drag and drop or paste: shown at once, then sent. Without this file: a form and a button.

const PATIENCE = 1500; // milliseconds until the words change from sending to looking

let patience; // the timer

const form = document.getElementById("upload");
const part = (selector) => form.querySelector(selector) ?? document.querySelector(selector); // it may be spread over the page
const choosers = () => [...form.elements].filter((each) => each.type === "file");

function refuse(sentence) {
  reveal();
  const place = part(".refused");
  place.textContent = sentence;
  place.hidden = false;
}

function show(file) {
  const preview = part(".preview");
  preview.onload = () => URL.revokeObjectURL(preview.src);
  preview.onerror = () => { preview.onload(); preview.hidden = true; }; // TIFF, which browsers don't show, is welcome all the same
  preview.src = URL.createObjectURL(file);
  preview.hidden = false;
}

// On a page of results the form is out of sight.
function reveal() {
  const folded = form.closest("[popover]");
  if (folded && !folded.matches(":popover-open")) folded.showPopover();
  part(".dropzone").scrollIntoView({ block: "nearest" });
}

function tell(sentence) {
  part(".progress").textContent = sentence;
}

function send(input) {
  const [file] = input.files;
  if (!file) return;
  const limit = Number(form.dataset.maxBytes);
  if (file.size > limit) {
    input.value = "";
    const megabytes = (bytes) => (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    refuse(form.dataset.large.replace("{name}", file.name).replace("{size}", megabytes(file.size)).replace("{most}", megabytes(limit)));
    return;
  }
  part(".refused").hidden = true;
  reveal();
  show(file);
  const button = part("#send-photo");
  const { follows } = button.dataset; // the conditions chosen meanwhile stand in another address
  if (follows) button.formAction = document.getElementById(follows).href;
  form.requestSubmit(button);
}

function take(files) {
  const file = [...files].find((each) => each.type.startsWith("image/"));
  if (!file) {
    refuse(form.dataset.odd);
    return;
  }
  const [input] = choosers();
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  send(input);
}

function rest() {
  clearTimeout(patience);
  part(".dropzone").removeAttribute("aria-busy");
  part(".preview").hidden = true;
  tell("");
  form.reset();
}

if (form) {
  const zone = part(".dropzone");

  for (const input of choosers()) {
    input.addEventListener("change", () => send(input));
  }

  form.addEventListener("submit", () => {
    const fetched = form.elements.address?.value && !choosers().some((input) => input.files.length);
    form.action = part("#send-photo").formAction; // it knows the conditions chosen meanwhile
    zone.setAttribute("aria-busy", "true");
    tell(fetched ? form.dataset.fetching : form.dataset.sending);
    patience = setTimeout(() => tell(form.dataset.looking), PATIENCE);
  });

  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  });

  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });

  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer.files);
  });

  document.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) take(event.clipboardData.files);
  });

  // Back from the results, out of the browser's memory: ready for another photo.
  window.addEventListener("pageshow", (event) => { if (event.persisted) rest(); });
}
