// Choosing rows of a list: all of a page at once, and how many are chosen. Without it each box is ticked by itself.

function bind(form) {
  const boxes = [...form.querySelectorAll("[data-row] input[type=checkbox]")];
  const all = form.querySelector("[data-select-all]");
  const count = form.querySelector("[data-select-count]");

  function tell() {
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("[data-row]").toggleAttribute("data-selected", box.checked);
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    count.textContent = chosen ? count.dataset.selectCount.replace("0", chosen) : "";
  }

  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  form.addEventListener("change", tell);
  // The browser may have kept the ticks from before.
  tell();
}

for (const form of document.querySelectorAll("form[data-select]")) bind(form);
