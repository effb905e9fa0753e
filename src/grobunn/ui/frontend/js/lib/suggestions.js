// Suggestions under a box of search, as WAI-ARIA's combobox with a list: the arrows choose, Enter takes, Escape closes,
// the focus stays in the field. Without it the box is a plain form.
// The box has `data-suggest`, an address that answers `q` with options as a part of a page.

import { announce } from "./live.js";

const PAUSE_MS = 150;
const FEWEST_CHARACTERS = 2;
let made = 0;

function listFor(box, field) {
  const list = document.createElement("ul");
  made += 1;
  Object.assign(list, { id: `suggestions-${made}`, className: "search-box__list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestLabel);
  box.append(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  return list;
}

export function bindSuggestions(box) {
  const field = box.querySelector("[data-search-field]");
  const list = listFor(box, field);
  let timer;
  let request;
  let asked = "";

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function mark(option) {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", option.id);
  }

  function show(isShown) {
    list.hidden = !isShown;
    field.setAttribute("aria-expanded", String(isShown));
    if (!isShown) mark(null);
  }

  function fill(part) {
    list.innerHTML = part;
    options().forEach((option, index) => {
      option.id = `${list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    show(options().length > 0 && document.activeElement === field);
    announce(list.querySelector("[data-announce]")?.dataset.announce);
  }

  async function ask() {
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    request?.abort();
    if (words.length < FEWEST_CHARACTERS) return fill("");
    request = new AbortController();
    const address = new URL(box.dataset.suggest, location.href);
    address.searchParams.set("q", words.slice(0, 300));
    try {
      const response = await fetch(address, { signal: request.signal, headers: { "HX-Request": "true" } });
      if (response.ok) fill(await response.text());
      else show(false);
    } catch {
      // Superseded or no network: what is typed can be sent all the same.
    }
  }

  function take(option) {
    clearTimeout(timer);
    if (option.dataset.href) location.assign(option.dataset.href);
    else {
      field.value = asked = option.dataset.words;
      show(false);
      field.form.requestSubmit();
    }
  }

  function move(step) {
    const all = options();
    const at = all.indexOf(chosen()) + step;
    // One step beyond either end is the field itself, with what was typed; from there the list begins anew.
    mark(at < -1 ? all.at(-1) : (all[at] ?? null));
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && !list.hidden && chosen()) take(chosen());
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options().length) {
      show(true);
      move(event.key === "ArrowDown" ? 1 : -1);
    } else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => show(false));
  // A press must not take the focus from the field before it is a click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}
