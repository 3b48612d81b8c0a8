// A photo by file chooser, camera, drag and drop or paste: shown at once, then sent. Without this file: a form and a button.

const CHOOSERS = "input[type=file]";
const PATIENCE = 1500; // milliseconds until the words change from sending to looking

let patience; // the timer

const form = document.getElementById("upload");

function refuse(sentence) {
  reveal();
  const place = form.querySelector(".refused");
  place.textContent = sentence;
  place.hidden = false;
}

function show(file) {
  const preview = form.querySelector(".preview");
  preview.onload = () => URL.revokeObjectURL(preview.src);
  preview.onerror = () => { preview.onload(); preview.hidden = true; }; // TIFF, which browsers don't show, is welcome all the same
  preview.src = URL.createObjectURL(file);
  preview.hidden = false;
}

// On a page of results the form is out of sight.
function reveal() {
  const folded = form.closest("[popover]");
  if (folded && !folded.matches(":popover-open")) folded.showPopover();
}

function tell(sentence) {
  form.querySelector(".progress").textContent = sentence;
}

function send(input) {
  const [file] = input.files;
  if (!file) return;
  const limit = Number(form.dataset.maxBytes);
  if (file.size > limit) {
    input.value = "";
    refuse(`“${file.name}” has ${(file.size / 1e6).toFixed(1)} MB, more than the ${(limit / 1e6).toFixed(0)} MB that are accepted. Please save it smaller.`);
    return;
  }
  form.querySelector(".refused").hidden = true;
  reveal();
  show(file);
  form.requestSubmit(form.querySelector("#send-photo"));
}

function take(files) {
  const file = [...files].find((each) => each.type.startsWith("image/"));
  if (!file) {
    refuse("That is no picture. Please choose a JPEG, PNG, WebP, AVIF, TIFF or GIF.");
    return;
  }
  const [input] = form.querySelectorAll(CHOOSERS);
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  send(input);
}

function rest() {
  clearTimeout(patience);
  form.removeAttribute("aria-busy");
  form.querySelector(".preview").hidden = true;
  tell("");
  form.reset();
}

if (form) {
  const zone = form.querySelector(".dropzone");

  for (const input of form.querySelectorAll(CHOOSERS)) {
    input.addEventListener("change", () => send(input));
  }

  form.addEventListener("submit", () => {
    const fetched = form.elements.address?.value && ![...form.querySelectorAll(CHOOSERS)].some((input) => input.files.length);
    form.action = form.querySelector("#send-photo").formAction; // it knows the conditions chosen meanwhile
    form.setAttribute("aria-busy", "true");
    tell(fetched ? "Fetching the picture …" : "Sending your photo …");
    patience = setTimeout(() => tell("Looking for paintings like it …"), PATIENCE);
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
