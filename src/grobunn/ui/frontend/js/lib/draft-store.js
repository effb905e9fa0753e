// Drafts on the person's own device. What was received is cleared; what is old is forgotten.

const PREFIX = "grobunn-draft:";
const SENT = "grobunn-sent";
const KEPT_DAYS = 30;

// Storage may be full, switched off or refused: then there are no drafts, and nothing else breaks.
function attempted(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export function readDraft(key) {
  const draft = attempted(() => JSON.parse(localStorage.getItem(PREFIX + key)));
  return draft && typeof draft.fields === "object" ? draft : null;
}

// `revision` is what the writer began from, in a form that knows it.
export function keepDraft(key, fields, revision) {
  attempted(() => localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), fields, revision })));
}

export function clearDraft(key) {
  attempted(() => localStorage.removeItem(PREFIX + key));
}

// Remember what is on its way: the page that it leads to knows whether it was received.
export function rememberSent(key) {
  attempted(() => sessionStorage.setItem(SENT, key));
}

export function clearReceivedDrafts() {
  for (const element of document.querySelectorAll("[data-draft-clear]")) clearDraft(element.dataset.draftClear);
  const sent = attempted(() => sessionStorage.getItem(SENT));
  if (!sent) return;
  attempted(() => sessionStorage.removeItem(SENT));
  if (wasReceived()) clearDraft(sent);
}

// What is received leads on to another address. So does what is refused, which the page then says, and signing in.
function wasReceived() {
  const [arrival] = performance.getEntriesByType("navigation");
  const isLedHere = arrival?.type === "navigate" && arrival.redirectCount > 0;
  return isLedHere && !document.querySelector("[data-sign-in], .toast[data-color=danger]");
}

export function forgetOldDrafts() {
  const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  const keys = attempted(() => Object.keys(localStorage)) ?? [];
  for (const key of keys.filter((name) => name.startsWith(PREFIX))) {
    const draft = attempted(() => JSON.parse(localStorage.getItem(key)));
    if (!draft || draft.at < oldest) attempted(() => localStorage.removeItem(key));
  }
}
