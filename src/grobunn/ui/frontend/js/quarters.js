// The timeline: a bar may be dragged to another quarter of its row. That leads to the page that shows what it would do.

const table = document.querySelector("[data-quarters]");
let dragged = null;

function placesOf(row) {
  return [...row.querySelectorAll("[data-quarter]")];
}

function bind(row) {
  for (const bar of row.querySelectorAll(".quarters__bar")) {
    bar.draggable = true;
    bar.addEventListener("dragstart", (event) => {
      dragged = { row, from: bar.closest("[data-quarter]") };
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.id);
    });
    bar.addEventListener("dragend", () => (dragged = null));
  }
  for (const place of placesOf(row)) {
    place.addEventListener("dragover", (event) => {
      if (dragged?.row !== row) return;
      event.preventDefault();
      place.dataset.over = "";
    });
    place.addEventListener("dragleave", () => delete place.dataset.over);
    place.addEventListener("drop", (event) => {
      if (dragged?.row !== row) return;
      event.preventDefault();
      // As far as the piece was dragged, the whole bar moves: its first quarter is what is tried out.
      const places = placesOf(row);
      const first = places.findIndex((each) => each.querySelector(".quarters__bar"));
      const to = places[first + places.indexOf(place) - places.indexOf(dragged.from)];
      const address = new URL(row.dataset.plan, location.href);
      address.searchParams.set("til", (to ?? place).dataset.quarter);
      location.assign(address);
    });
  }
}

if (table) for (const row of table.querySelectorAll("[data-plan]")) bind(row);
