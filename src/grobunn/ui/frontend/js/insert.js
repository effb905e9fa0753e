// Ready words beside a text field: a press puts them into the field. Without it they are copied by hand.

for (const list of document.querySelectorAll("[data-insert-into]")) {
  const field = document.querySelector(list.dataset.insertInto);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const words = button?.parentElement.querySelector("[data-insert]")?.textContent.trim();
    if (!field || !words) return;
    // What is typed already stays; the ready words come after it.
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${words}` : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
}
