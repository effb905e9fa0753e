// A board: the arrow keys go from card to card and from column to column, and a card may be dragged to another column.
// Both only lead to the page that moves it; nothing is moved before that is sent.

const board = document.querySelector("[data-board]");
const columns = () => [...board.querySelectorAll("[data-column]")];
const cards = (column) => [...column.querySelectorAll("[data-row]")];

function focus(card) {
  const link = card?.querySelector("[data-row-link]");
  link?.focus();
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return Boolean(link);
}

function beside(card, step) {
  const all = columns();
  const column = card.closest("[data-column]");
  const place = cards(column).indexOf(card);
  for (let at = all.indexOf(column) + step; at >= 0 && at < all.length; at += step) {
    const there = cards(all[at]);
    if (there.length) return there[Math.min(place, there.length - 1)];
  }
  return null;
}

function onKey(event) {
  const card = event.target.closest?.("[data-row]");
  if (!card || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const own = cards(card.closest("[data-column]"));
  const to = {
    ArrowDown: () => own[own.indexOf(card) + 1],
    ArrowUp: () => own[own.indexOf(card) - 1],
    ArrowRight: () => beside(card, 1),
    ArrowLeft: () => beside(card, -1),
  }[event.key];
  if (to && focus(to())) event.preventDefault();
}

let dragged = null;

function bindDragging(card) {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    card.dataset.dragged = "";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.id);
  });
  card.addEventListener("dragend", () => {
    dragged = null;
    delete card.dataset.dragged;
  });
}

function bindColumn(column) {
  column.addEventListener("dragover", (event) => {
    if (!dragged || dragged.closest("[data-column]") === column) return;
    event.preventDefault();
    column.dataset.over = "";
  });
  column.addEventListener("dragleave", () => delete column.dataset.over);
  column.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const address = new URL(dragged.dataset.move, location.href);
    address.searchParams.set("til", column.dataset.column);
    location.assign(address);
  });
}

if (board) {
  board.addEventListener("keydown", onKey);
  for (const card of board.querySelectorAll("[data-move]")) bindDragging(card);
  for (const column of columns()) bindColumn(column);
}
