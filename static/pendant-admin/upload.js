// Sends the chosen files one after another, so that each one's answer is seen at once and no request grows long.
// Without this script the form sends them all in one request.
const form = document.querySelector("form.upload");
const chooser = form.querySelector("input[type=file]");
const button = form.querySelector("input[type=submit]");
const state = document.querySelector("#upload-state");
const progress = document.querySelector("#upload-progress");
const results = document.querySelector("#upload-results");
const limit = Number(form.dataset.limit);

const say = (sentence, isProblem = false) => {
  const line = document.createElement("p");
  if (isProblem) line.className = "errornote";
  line.textContent = sentence;
  state.replaceChildren(line);
};

const refused = (sentence) => {
  const item = document.createElement("li");
  item.className = "refused";
  item.dataset.outcome = "refused";
  item.textContent = sentence;
  results.append(item);
};

const send = async (file) => {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("files", file, file.name);
  try {
    const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Piecemeal": "1" }, redirect: "error" });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    results.insertAdjacentHTML("beforeend", await answer.text());
  } catch (problem) {
    refused(`“${file.name}” was not sent: ${problem.message}. Choose it again later.`);
  }
};

const summary = () => {
  const count = (outcome) => results.querySelectorAll(`[data-outcome=${outcome}]`).length;
  const parts = [`${count("added")} added as ${count("added") === 1 ? "a draft" : "drafts"}`];
  if (count("known")) parts.push(`${count("known")} in the collection already`);
  if (count("refused")) parts.push(`${count("refused")} refused`);
  return `${parts.join(", ")}.`;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = [...chooser.files];
  if (!files.length) return say("No file was chosen. Choose at least one picture.", true);
  if (files.length > limit) {
    return say(`${files.length} files are too many at once: at most ${limit}. None was added.`, true);
  }
  const leaving = (unload) => unload.preventDefault();
  window.addEventListener("beforeunload", leaving);
  button.disabled = chooser.disabled = true;
  results.replaceChildren();
  progress.max = files.length;
  progress.value = 0;
  progress.hidden = false;
  for (const [number, file] of files.entries()) {
    say(`Sending ${number + 1} of ${files.length}: ${file.name}`);
    await send(file);
    progress.value = number + 1;
  }
  progress.hidden = true;
  button.disabled = chooser.disabled = false;
  form.reset();
  window.removeEventListener("beforeunload", leaving);
  say(summary());
});
