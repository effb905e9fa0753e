// While somebody writes: what others have thought of already, in a box that keeps its place.
// The box has `data-similar` (an address that answers the field's text with a part of a page) and `data-similar-from` (the field).

import { announce } from "./lib/live.js";

const PAUSE_MS = 250;
// Whoever writes without a pause is answered on the way.
const LONGEST_WAIT_MS = 1500;
const FEWEST_CHARACTERS = 12;
const FEWEST_WORDS = 3;
// Where there is room beside the form the list stands open.
const WIDE = window.matchMedia("(min-width: 64rem)");

function isEnough(text) {
  return text.length >= FEWEST_CHARACTERS && text.split(/\s+/).length >= FEWEST_WORDS;
}

function bind(box) {
  const field = document.querySelector(box.dataset.similarFrom);
  if (!field) return;
  const quiet = box.innerHTML;
  let timer;
  let since = 0;
  let request;
  let shown = "";

  function fold() {
    const list = box.querySelector("details");
    if (list) list.open = WIDE.matches || "open" in box.dataset;
  }

  function fill(part) {
    // Whoever reads or presses in the box keeps what is there.
    if (box.contains(document.activeElement)) return;
    const before = box.querySelector("[data-announce]")?.dataset.announce;
    box.innerHTML = part || quiet;
    box.toggleAttribute("data-found", part !== "");
    fold();
    const now = box.querySelector("[data-announce]")?.dataset.announce;
    if (now && now !== before) announce(now);
  }

  async function look() {
    since = 0;
    const text = field.value.trim();
    if (text === shown) return;
    request?.abort();
    if (!isEnough(text)) {
      shown = "";
      fill("");
      return;
    }
    request = new AbortController();
    const address = new URL(box.dataset.similar, location.href);
    address.searchParams.set(field.name, text.slice(0, 2000));
    try {
      const response = await fetch(address, { signal: request.signal, headers: { "HX-Request": "true" } });
      if (!response.ok) return;
      const part = await response.text();
      shown = text;
      fill(part.trim());
    } catch {
      // Superseded or no network: writing goes on undisturbed.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    since ||= performance.now();
    timer = setTimeout(look, Math.min(PAUSE_MS, Math.max(0, since + LONGEST_WAIT_MS - performance.now())));
  });
  // On a narrow screen the box grows when the writer opens it, and stays as it is until they close it.
  box.addEventListener("click", (event) => {
    if (WIDE.matches || !event.target.closest("summary")) return;
    if (event.target.closest("details").open) delete box.dataset.open;
    else box.dataset.open = "";
  });
  WIDE.addEventListener("change", fold);
  if (isEnough(field.value.trim())) look();
}

for (const box of document.querySelectorAll("[data-similar]")) bind(box);
