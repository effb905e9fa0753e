// Where the focus goes and what is said: to a form's errors on a new page, and on purpose after a part is swapped.

import { announce } from "./live.js";
import { bindLongLists } from "./long-lists.js";

export function focusWhatMatters(root) {
  root.querySelector("[data-focus-first]")?.focus();
  const said = root.querySelector("[data-announce]");
  if (said) announce(said.dataset.announce);
}

const FOCUSABLE = "button, a[href], input:not([type=hidden]), select, textarea, [tabindex]";

export function bindSwaps() {
  let hadFocus = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    hadFocus = event.detail.target.contains(document.activeElement);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    if (!(swapped instanceof Element)) return;
    const region = swapped.parentElement?.isConnected ? swapped.parentElement : document;
    bindLongLists(region);
    focusWhatMatters(swapped.matches("[data-focus-first], [data-announce]") ? region : swapped);
    // Whoever pressed a button that was swapped away finds themselves on the one that took its place.
    if (hadFocus && document.activeElement === document.body) swapped.querySelector(FOCUSABLE)?.focus();
  });
  document.addEventListener("htmx:sendError", () => {
    announce(document.getElementById("live")?.dataset.offline);
  });
}
