// A button that copies the new token.
const token = document.querySelector("#token");
const button = document.createElement("button");
button.type = "button";
button.className = "button";
button.textContent = token.dataset.copy;
button.addEventListener("click", async () => {
  token.select();
  try {
    await navigator.clipboard.writeText(token.value);
    button.textContent = token.dataset.copied;
  } catch {
    button.textContent = token.dataset.selected;
  }
});
token.after(" ", button);
