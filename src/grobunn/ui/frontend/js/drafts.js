// A form with `data-draft` keeps what is typed on the device, through reload, no network and an expired login.

import { clearDraft, forgetOldDrafts, keepDraft, readDraft } from "./lib/draft-store.js";

const KEPT = "textarea, select, input:is([type=text], [type=search], [type=url], [type=number], [type=date], [type=radio], [type=checkbox], :not([type]))";
const PAUSE_MS = 300;

function fieldsOf(form) {
  return [...form.querySelectorAll(KEPT)].filter((field) => field.name && !field.closest("[data-draft-skip]"));
}

function isToggle(field) {
  return field.type === "radio" || field.type === "checkbox";
}

// What differs from the form as it first was. In a form that came back with errors everything was typed.
function typed(form) {
  const isFresh = !("bound" in form.dataset);
  const values = {};
  for (const field of fieldsOf(form)) {
    if (isToggle(field)) {
      if (field.checked !== (isFresh && field.defaultChecked)) values[`${field.name}=${field.value}`] = field.checked;
    } else if (field.value !== (isFresh ? initialValue(field) : "")) values[field.name] = field.value;
  }
  return values;
}

function initialValue(field) {
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
}

// Gives whether the page now says something else than the server sent.
function restore(form, { fields, revision }) {
  const changed = fieldsOf(form).filter((field) => {
    const key = isToggle(field) ? `${field.name}=${field.value}` : field.name;
    const was = isToggle(field) ? field.checked : field.value;
    if (!(key in fields) || fields[key] === was) return false;
    if (isToggle(field)) field.checked = fields[key];
    else field.value = fields[key];
    return true;
  });
  // What others have written since is not overwritten unseen: the server compares with what the writer began from.
  if (changed.length && revision) form.elements.namedItem("revision").value = revision;
  for (const field of changed) field.dispatchEvent(new Event("input", { bubbles: true }));
  return changed.length > 0;
}

function bind(form) {
  const key = form.dataset.draft;
  const notice = form.querySelector("[data-draft-notice]");
  const revision = form.elements.namedItem("revision");
  const shown = revision?.value;
  let timer;

  function keep() {
    clearTimeout(timer);
    const values = typed(form);
    if (Object.keys(values).length) keepDraft(key, values, revision?.value);
    else clearDraft(key);
  }

  const draft = readDraft(key);
  // What the server sent back with errors is newer than what the device remembers.
  if (draft && !("bound" in form.dataset)) {
    if (!restore(form, draft)) clearDraft(key);
    else if (notice) notice.hidden = false;
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  });
  form.addEventListener("change", keep);
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  form.querySelector("[data-draft-restart]")?.addEventListener("click", () => {
    form.reset();
    if (revision) revision.value = Math.max(revision.value, shown);
    clearDraft(key);
    if (notice) notice.hidden = true;
    fieldsOf(form)[0]?.focus();
  });
}

forgetOldDrafts();
for (const form of document.querySelectorAll("form[data-draft]")) bind(form);
