// The box of search on every page: the key / leads to it, and what completes the words stands under it while one types.

import { isSingleKey } from "./keys.js";
import { bindSuggestions } from "./suggestions.js";

// On a phone the header's box is folded behind its button.
function unfolded(field) {
  const fold = field.closest(".site-header")?.querySelector("[data-search-fold]");
  if (fold && !field.checkVisibility?.() && field.offsetParent === null) fold.open = true;
  return field;
}

export function bindSearch() {
  const fields = [...document.querySelectorAll("[data-search-field]")];
  const first = document.querySelector("main [data-search-field]") ?? fields[0];
  if (!first) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || !isSingleKey(event)) return;
    event.preventDefault();
    unfolded(first).focus();
    first.select();
  });
  const fold = document.querySelector("[data-search-fold]");
  fold?.addEventListener("toggle", () => fold.open && fields[0].focus());
  for (const box of document.querySelectorAll("[data-suggest]")) bindSuggestions(box);
}
