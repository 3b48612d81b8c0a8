// Sends the chosen files one after another, so that each one's answer is seen at once and no request grows long.
// Without this script the form sends them all in one request.
const form = document.querySelector("form.upload");
const chooser = form.querySelector("input[type=file]");
const button = form.querySelector("input[type=submit]");
const state = document.querySelector("#upload-state");
const progress = document.querySelector("#upload-progress");
const results = document.querySelector("#upload-results");
const limit = Number(form.dataset.limit);

// A sentence of the form's, its {places} filled in.
const words = (name, places = {}) => form.dataset[name].replace(/{(\w+)}/g, (_, place) => places[place]);

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
  let problem = words("unreachable");
  try {
    const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Piecemeal": "1" }, redirect: "error" });
    if (answer.ok) return results.insertAdjacentHTML("beforeend", await answer.text());
    problem = words("answered", { status: answer.status });
  } catch (error) {
    console.warn(error);
  }
  refused(words("notSent", { name: file.name, problem }));
};

const summary = () => {
  const parts = ["added", "known", "refused"].flatMap((outcome) => {
    const number = results.querySelectorAll(`[data-outcome=${outcome}]`).length;
    return number || outcome === "added" ? [words(`${outcome}${number === 1 ? "One" : "Many"}`, { number })] : [];
  });
  return `${parts.join(", ")}.`;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = [...chooser.files];
  if (!files.length) return say(words("none"), true);
  if (files.length > limit) {
    return say(words("tooMany", { number: files.length, most: limit }), true);
  }
  const leaving = (unload) => unload.preventDefault();
  window.addEventListener("beforeunload", leaving);
  button.disabled = chooser.disabled = true;
  results.replaceChildren();
  progress.max = files.length;
  progress.value = 0;
  progress.hidden = false;
  for (const [number, file] of files.entries()) {
    say(words("sending", { number: number + 1, all: files.length, name: file.name }));
    await send(file);
    progress.value = number + 1;
  }
  progress.hidden = true;
  button.disabled = chooser.disabled = false;
  form.reset();
  window.removeEventListener("beforeunload", leaving);
  say(summary());
});
