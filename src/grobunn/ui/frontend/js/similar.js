// While somebody writes: what others have thought of already, in a box that keeps its place.
// The box has `data-similar` (an address that answers the field's text with a part of a page) and `data-similar-from` (the field).

import { announce } from "./lib/live.js";

const PAUSE_MS = 250;
const FEWEST_CHARACTERS = 12;
const FEWEST_WORDS = 3;

function isEnough(text) {
  return text.length >= FEWEST_CHARACTERS && text.split(/\s+/).length >= FEWEST_WORDS;
}

function bind(box) {
  const field = document.querySelector(box.dataset.similarFrom);
  if (!field) return;
  const quiet = box.innerHTML;
  let timer;
  let request;
  let shown = "";

  async function look() {
    const text = field.value.trim();
    if (text === shown) return;
    request?.abort();
    if (!isEnough(text)) {
      box.innerHTML = quiet;
      shown = "";
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
      const before = box.querySelector("[data-announce]")?.dataset.announce;
      box.innerHTML = part.trim() ? part : quiet;
      // Once it has its place it keeps it: nothing jumps while somebody goes on writing.
      if (part.trim()) box.dataset.open = "";
      const now = box.querySelector("[data-announce]")?.dataset.announce;
      if (now && now !== before) announce(now);
    } catch {
      // Superseded or no network: writing goes on undisturbed.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  if (isEnough(field.value.trim())) look();
}

for (const box of document.querySelectorAll("[data-similar]")) bind(box);
