// Where the focus goes and what is said: to a form's errors on a new page, and on purpose after a part is swapped.

import { announce } from "./live.js";

export function focusWhatMatters(root) {
  root.querySelector("[data-focus-first]")?.focus();
  const said = root.querySelector("[data-announce]");
  if (said) announce(said.dataset.announce);
}

export function bindSwaps() {
  document.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    if (!(swapped instanceof Element)) return;
    const region = swapped.parentElement?.isConnected ? swapped.parentElement : document;
    focusWhatMatters(swapped.matches("[data-focus-first], [data-announce]") ? region : swapped);
  });
  document.addEventListener("htmx:sendError", () => {
    announce(document.getElementById("live")?.dataset.offline);
  });
}
