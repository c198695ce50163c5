// The page /docs: each example gets its lines to copy and a button that runs it; then the reference is drawn.
const { make, show, problem } = globalThis.onrecord;
const dark = matchMedia("(prefers-color-scheme: dark)");

function shade() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

function copied(button, text) {
  const told = (words) => {
    button.textContent = words;
    setTimeout(() => (button.textContent = "Copy"), 2000);
  };
  // The clipboard is there only for pages that came over HTTPS, or from this machine.
  if (!navigator.clipboard) return told("Select and copy");
  navigator.clipboard.writeText(text).then(() => told("Copied"), () => told("Select and copy"));
}

function lines(name, text) {
  const button = make("button", { type: "button", class: "ours", "aria-label": `Copy the lines for ${name}` }, "Copy");
  button.addEventListener("click", () => copied(button, text));
  const code = make("pre", { tabindex: "0", "aria-label": name }, make("code", {}, text));
  return make("div", { class: "code" }, code, button);
}

async function run(example, button, answer) {
  button.disabled = true;
  answer.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(example.dataset.path, { headers: { Accept: "application/json" } });
    const value = await response.json();
    const shown = response.ok ? show[example.dataset.show](value) : problem(value);
    const whole = make("pre", { tabindex: "0", "aria-label": "The whole answer" }, make("code", {}, JSON.stringify(value, null, 2)));
    answer.replaceChildren(shown, make("details", {}, make("summary", {}, "The whole answer, as JSON"), whole));
  } catch {
    answer.replaceChildren(make("p", { class: "fault" }, "The service does not answer now. Try again in a moment."));
  } finally {
    button.disabled = false;
    answer.removeAttribute("aria-busy");
  }
}

function prepare(example) {
  const address = location.origin + example.dataset.path;
  const title = example.querySelector("h3");
  const button = make("button", { type: "button", class: "ours run", "aria-describedby": title.id }, "Run");
  const answer = make("div", { class: "answer", role: "status", "aria-labelledby": title.id });
  button.addEventListener("click", () => run(example, button, answer));
  example.append(
    lines("curl", `curl '${address}'`),
    lines("fetch()", `const response = await fetch("${address}");\nconst { data } = await response.json();`),
    button,
    answer,
  );
}

shade();
dark.addEventListener("change", shade);
document.querySelectorAll(".example").forEach(prepare);
globalThis.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  showCommonExtensions: true,
  tryItOutEnabled: false,
  // Nothing here is sent to anybody else, not even to ask whether the document is valid.
  validatorUrl: null,
  supportedSubmitMethods: ["get"],
});
