// A form with `data-autosave` saves itself on the server while one writes. The device keeps what is typed besides
// (drafts.js), so without network or with an expired login nothing is lost, and the button still does the same.

const PAUSE_MS = 2000;
const RETRY_MS = 15000;

function bind(form) {
  const status = form.querySelector("[data-autosave-status]");
  const revision = form.elements.namedItem("revision");
  let timer;
  let isSaving = false;
  let isDirty = false;
  let isStopped = false;

  function tell(words) {
    if (status && status.textContent !== words) status.textContent = words;
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  async function save() {
    if (isSaving || isStopped || !isDirty || form.dataset.state) return;
    isSaving = true;
    isDirty = false;
    const sent = new FormData(form);
    tell(form.dataset.textSaving);
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(form.action || location.href, { method: "POST", body: sent, headers, redirect: "error" });
      const answer = await response.json();
      if (response.ok) keep(answer, sent);
      else refuse(response.status, answer);
    } catch {
      // No network, or the login has expired: the device has it.
      isDirty = true;
      tell(form.dataset.textUnsaved);
      later(RETRY_MS);
    } finally {
      isSaving = false;
      if (isDirty) later(PAUSE_MS);
    }
  }

  function keep(answer, sent) {
    revision.value = answer.revision;
    // What the server has is no longer a draft of the device's.
    for (const field of form.querySelectorAll("textarea, input[type=text]")) {
      if (field.value === sent.get(field.name)) field.defaultValue = field.value;
    }
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

  form.addEventListener("input", () => {
    isDirty = true;
    later(PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

for (const form of document.querySelectorAll("form[data-autosave]")) bind(form);
