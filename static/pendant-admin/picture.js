// Shows the chosen picture before it is sent.
const chooser = document.querySelector("#id_picture");

chooser?.addEventListener("change", () => {
  const [file] = chooser.files;
  let preview = document.querySelector(".chosen-picture");
  if (preview) URL.revokeObjectURL(preview.src);
  if (!file) return preview?.remove();
  if (!preview) {
    preview = document.createElement("img");
    preview.className = "chosen-picture";
    preview.alt = document.querySelector("#desk-words").dataset.chosenPicture;
    preview.addEventListener("error", () => preview.remove()); // TIFF: the browser can't show it, the server can
    chooser.closest(".form-row").append(preview);
  }
  preview.src = URL.createObjectURL(file);
});
