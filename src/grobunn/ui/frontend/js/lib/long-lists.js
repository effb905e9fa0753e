// A long list of choices, such as all units of a municipality, gets a box above it that narrows it. Without a script the
// list is whole, and works as lists do.

import { announce } from "./live.js";

const LONG = 20;

// Letters as people type them in a hurry: without accents, and in lower case; æ, ø and å are letters of their own.
const folded = (text) => text.toLocaleLowerCase().normalize("NFKC").replace(/[éèêë]/g, "e").trim();

export function bindLongLists(root) {
  for (const list of root.querySelectorAll("select:not([multiple])")) {
    if (list.options.length > LONG && !list.querySelector("optgroup") && !list.dataset.narrowed) bind(list);
  }
}

function bind(list) {
  const texts = document.getElementById("live").dataset;
  const options = [...list.options];
  const words = options.map((option) => folded(option.textContent));
  const first = list.value;
  const box = document.createElement("input");
  box.type = "search";
  box.className = "ds-input long-list__box";
  box.autocomplete = "off";
  box.placeholder = texts.textNarrow;
  box.setAttribute("aria-label", `${texts.textNarrow}: ${list.labels[0]?.firstChild?.textContent.trim() ?? ""}`);
  if (list.id) box.setAttribute("aria-controls", list.id);
  list.dataset.narrowed = "";
  list.before(box);

  function matches() {
    const sought = folded(box.value).split(/\s+/);
    return options.filter((_option, place) => sought.every((word) => words[place].includes(word)));
  }

  function narrow() {
    const shown = box.value.trim() ? matches() : options;
    const chosen = list.value;
    // Where nothing fits, the list stays as it was: what is chosen is never lost by a word that is not there.
    if (shown.length) list.replaceChildren(...shown);
    list.value = box.value.trim() ? (shown[0]?.value ?? chosen) : first;
    box.setAttribute("aria-invalid", String(!shown.length));
    announce(shown.length ? texts.textFits.replace("0", shown.length) : texts.textNothing);
  }

  box.addEventListener("input", (event) => {
    event.stopPropagation();
    narrow();
  });
  box.addEventListener("change", (event) => {
    event.stopPropagation();
    if (list.value !== first) list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    list.focus();
  });
}
