// Lists by keyboard: j and k move, Enter opens, single keys press what declares `data-key`, ? shows them all.
// Never while typing, never with Ctrl, Alt or Meta, and they can be switched off (WCAG 2.1, 2.1.4).

import { isOff, isSingleKey, OFF } from "./lib/keys.js";

function rows() {
  return [...document.querySelectorAll("[data-keyboard-list] [data-row]")];
}

function currentRow() {
  return document.activeElement?.closest("[data-row]");
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(currentRow());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
  const link = next.querySelector("[data-row-link]");
  link.focus();
  link.scrollIntoView({ block: "nearest" });
}

// A key of the rows, pressed before any is chosen: the first that has it is, so that the same key works the next time.
function offer(chosen) {
  const row = rows().find((each) => each.querySelector(chosen));
  row?.querySelector("[data-row-link]").focus();
  return Boolean(row);
}

function press(key) {
  const scope = currentRow();
  const chosen = `[data-key="${CSS.escape(key)}"]`;
  const element = scope?.querySelector(chosen) ?? [...document.querySelectorAll(chosen)].find((found) => !found.closest("[data-row]"));
  if (!element) return offer(chosen);
  if (element.matches("input:not([type=checkbox], [type=radio]), textarea, select")) element.focus();
  else element.click();
  return true;
}

function describe(dialog) {
  const list = dialog.querySelector("[data-keys]");
  for (const added of list.querySelectorAll("[data-added]")) added.remove();
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (seen.has(element.dataset.key)) continue;
    seen.add(element.dataset.key);
    const line = document.createElement("div");
    line.dataset.added = "";
    line.append(Object.assign(document.createElement("dt"), { className: "keys__key", textContent: element.dataset.key }));
    const label = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.textContent.trim();
    line.append(Object.assign(document.createElement("dd"), { textContent: label }));
    list.append(line);
  }
}

function bindSwitch(dialog) {
  const box = dialog.querySelector("[data-keys-switch]");
  box.checked = !isOff();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, box.checked ? "0" : "1");
    } catch {
      // Not remembered; the switch still holds for this page.
      dialog.dataset.off = box.checked ? "" : "1";
    }
  });
}

const help = document.getElementById("keyboard-help");
if (help) bindSwitch(help);

document.addEventListener("keydown", (event) => {
  if (!isSingleKey(event) || help?.dataset.off) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "?" && help) {
    describe(help);
    help.showModal();
  } else if (event.repeat || !/^[a-zæøå0-9/]$/i.test(event.key) || !press(event.key)) return;
  event.preventDefault();
});

for (const button of document.querySelectorAll("[data-keys-open]")) {
  button.addEventListener("click", () => {
    describe(help);
    help.showModal();
  });
}
