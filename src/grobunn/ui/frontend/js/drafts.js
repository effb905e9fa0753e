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

function restore(form, draft) {
  for (const field of fieldsOf(form)) {
    const key = isToggle(field) ? `${field.name}=${field.value}` : field.name;
    if (!(key in draft)) continue;
    if (isToggle(field)) field.checked = draft[key];
    else field.value = draft[key];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function bind(form) {
  const key = form.dataset.draft;
  const notice = form.querySelector("[data-draft-notice]");
  let timer;

  function keep() {
    clearTimeout(timer);
    const values = typed(form);
    if (Object.keys(values).length) keepDraft(key, values);
    else clearDraft(key);
  }

  const draft = readDraft(key);
  // What the server sent back with errors is newer than what the device remembers.
  if (draft && !("bound" in form.dataset)) {
    restore(form, draft);
    if (notice) notice.hidden = false;
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
    clearDraft(key);
    if (notice) notice.hidden = true;
    fieldsOf(form)[0]?.focus();
  });
}

forgetOldDrafts();
for (const form of document.querySelectorAll("form[data-draft]")) bind(form);
