// A form is sent once, however often its button is pressed. A form with a draft waits for the network and then sends itself.
// The server has a key of its own against doubles; this spares people the doubt.

import { rememberSent } from "./draft-store.js";

const RETRY_MS = 5000;

export function bindSubmitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-submit-once]")) return;
    if (form.dataset.state === "sending" || form.dataset.state === "waiting") {
      event.preventDefault();
      return;
    }
    if (form.dataset.state === "connected" || !form.dataset.draft) {
      if (form.dataset.draft) rememberSent(form.dataset.draft);
      markSending(form, event.submitter);
      return;
    }
    event.preventDefault();
    sendWhenConnected(form, event.submitter);
  });
  // A page that comes back from the browser's memory can be sent again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-submit-once][data-state]")) unmark(form);
  });
}

function markSending(form, button) {
  form.dataset.state = "sending";
  button?.setAttribute("aria-busy", "true");
}

function unmark(form) {
  delete form.dataset.state;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

async function sendWhenConnected(form, button) {
  form.dataset.state = "waiting";
  button?.setAttribute("aria-busy", "true");
  while (!(await isConnected())) {
    tell(form, form.dataset.textOffline);
    await networkOrPause();
  }
  tell(form, "");
  form.dataset.state = "connected";
  form.requestSubmit(button ?? undefined);
}

// Whether the server can be reached: `navigator.onLine` says yes in every basement with a cable in the wall.
async function isConnected() {
  if (navigator.onLine === false) return false;
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(RETRY_MS) });
    return true;
  } catch {
    return false;
  }
}

function networkOrPause() {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, RETRY_MS);
    window.addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function tell(form, text) {
  const status = form.querySelector("[data-form-status]");
  if (status && status.textContent !== text) status.textContent = text ?? "";
}
