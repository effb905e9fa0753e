// A form with `data-autosave` saves itself on the server while one writes. The device keeps what is typed besides
// (drafts.js), so without network or with an expired login nothing is lost, and the button still does the same.

const PAUSE_MS = 2000;
const RETRY_MS = 15000;

// What was sent is what the form began with, from here on.
function settle(field, sent) {
  if (field.type === "radio" || field.type === "checkbox") {
    if (field.checked === sent.includes(field.value)) field.defaultChecked = field.checked;
  } else if (field.tagName === "SELECT") {
    if (field.value === sent[0]) for (const option of field.options) option.defaultSelected = option.selected;
  } else if (field.value === sent[0]) {
    field.defaultValue = field.value;
  }
}

function bind(form) {
  const status = form.querySelector("[data-autosave-status]");
  const revision = form.elements.namedItem("revision");
  let timer;
  let underway;
  let isSaving = false;
  let isDirty = false;
  let isStopped = false;

  function tell(words) {
    if (status && status.textContent !== words) status.textContent = words;
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(() => (underway = save()), milliseconds);
  }

  async function save() {
    if (isSaving || isStopped || !isDirty || form.dataset.state) return;
    isSaving = true;
    isDirty = false;
    let pause = PAUSE_MS;
    const sent = new FormData(form);
    tell(form.dataset.textSaving);
    try {
      const headers = { Accept: "application/json" };
      const signal = AbortSignal.timeout(RETRY_MS);
      const response = await fetch(form.action || location.href, { method: "POST", body: sent, headers, redirect: "error", signal });
      const answer = await response.json();
      if (response.ok) keep(answer, sent);
      else refuse(response.status, answer);
    } catch {
      // No network, or the login has expired: the device has it.
      isDirty = true;
      pause = RETRY_MS;
      tell(form.dataset.textUnsaved);
    } finally {
      isSaving = false;
      if (isDirty) later(pause);
    }
  }

  function keep(answer, sent) {
    revision.value = answer.revision;
    // What the server has is no longer a draft of the device's.
    for (const field of form.elements) settle(field, sent.getAll(field.name));
    tell(answer.status);
    show(answer);
    form.dispatchEvent(new Event("change"));
  }

  function refuse(code, answer) {
    tell(answer.status);
    // Somebody else has written the same: from here on it takes a person who looks at both.
    isStopped = code === 409;
  }

  function show(answer) {
    for (const figure of form.querySelectorAll("[data-figure]")) figure.textContent = answer[figure.dataset.figure];
    for (const part of form.querySelectorAll("[data-lix]")) part.hidden = !answer.lix;
  }

  function changed() {
    isDirty = true;
    later(PAUSE_MS);
  }

  form.addEventListener("input", changed);
  // What the device has kept is on the page and not on the server.
  if (form.querySelector("[data-draft-notice]:not([hidden])")) changed();
  window.addEventListener("online", () => isDirty && later(0));
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!isSaving) return;
    // What is under way comes first: else the writer would be told that somebody else has saved meanwhile.
    event.preventDefault();
    event.stopImmediatePropagation();
    underway.finally(() => form.requestSubmit(event.submitter ?? undefined));
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) bind(form);
