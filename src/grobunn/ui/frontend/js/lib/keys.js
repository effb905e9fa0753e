// When a single key may mean something: never while typing, never with Ctrl, Alt or Meta, and not where somebody
// switched single keys off (WCAG 2.1, 2.1.4).

export const OFF = "grobunn-keys-off";

export function isOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function isTyping(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog[open]");
}

export function isSingleKey(event) {
  return !event.defaultPrevented && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target) && !isOff();
}
