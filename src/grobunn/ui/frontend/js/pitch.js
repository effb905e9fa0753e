// A pitch day: the clock counts on from what the server said, and teams are dragged into another order.
// Without this, the clock is right after a reload and the order is set with buttons.

const started = new WeakMap();

function shown(left) {
  const whole = Math.abs(left);
  return `${left < 0 ? "−" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function tick() {
  for (const timer of document.querySelectorAll("[data-timer][data-runs]")) {
    if (!started.has(timer)) started.set(timer, performance.now());
    const left = Number(timer.dataset.timer) - Math.floor((performance.now() - started.get(timer)) / 1000);
    timer.textContent = shown(left);
    timer.classList.toggle("pitch-timer--soon", left >= 0 && left <= 60);
    timer.classList.toggle("pitch-timer--over", left < 0);
  }
}

let dragged = null;

function bindOrder(form) {
  for (const slot of form.querySelectorAll("[data-slot][draggable]")) {
    slot.addEventListener("dragstart", (event) => {
      dragged = slot;
      slot.dataset.dragged = "";
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    slot.addEventListener("dragover", (event) => {
      if (!dragged || dragged === slot) return;
      event.preventDefault();
      const { top, height } = slot.getBoundingClientRect();
      slot[event.clientY < top + height / 2 ? "before" : "after"](dragged);
    });
    slot.addEventListener("dragend", () => {
      delete slot.dataset.dragged;
      dragged = null;
      form.submit();
    });
  }
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragover", (event) => dragged && event.preventDefault());
}

for (const form of document.querySelectorAll("[data-order]")) bindOrder(form);
tick();
setInterval(tick, 250);
