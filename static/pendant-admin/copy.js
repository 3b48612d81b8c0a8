// A button that copies the new token.
const token = document.querySelector("#token");
const button = document.createElement("button");
button.type = "button";
button.className = "button";
button.textContent = "Copy";
button.addEventListener("click", async () => {
  token.select();
  try {
    await navigator.clipboard.writeText(token.value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Selected: press Ctrl+C";
  }
});
token.after(" ", button);
