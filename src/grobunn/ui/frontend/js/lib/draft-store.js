// Drafts on the person's own device. What was received is cleared; what is old is forgotten.

const PREFIX = "grobunn-draft:";
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
  return draft && typeof draft.fields === "object" ? draft.fields : null;
}

export function keepDraft(key, fields) {
  attempted(() => localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), fields })));
}

export function clearDraft(key) {
  attempted(() => localStorage.removeItem(PREFIX + key));
}

export function clearReceivedDrafts() {
  for (const element of document.querySelectorAll("[data-draft-clear]")) clearDraft(element.dataset.draftClear);
}

export function forgetOldDrafts() {
  const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  const keys = attempted(() => Object.keys(localStorage)) ?? [];
  for (const key of keys.filter((name) => name.startsWith(PREFIX))) {
    const draft = attempted(() => JSON.parse(localStorage.getItem(key)));
    if (!draft || draft.at < oldest) attempted(() => localStorage.removeItem(key));
  }
}
