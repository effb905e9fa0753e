// A message stays until it is closed or the page is left: nobody has to be quick.

export function bindToasts() {
  document.addEventListener("click", (event) => {
    const toast = event.target.closest?.("[data-dismiss]")?.closest("[data-toast]");
    if (!toast) return;
    toast.remove();
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}
