// Says something to those who hear the page, without moving the focus.

export function announce(text) {
  const region = document.getElementById("live");
  if (!region || !text) return;
  region.textContent = "";
  // A screen reader speaks of a change: the same words twice need an empty moment between.
  setTimeout(() => (region.textContent = text), 100);
}
