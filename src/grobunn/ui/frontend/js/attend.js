// The list of those who are here: every tick is kept on the device at once and sent when it can be. Somebody from
// another cohort is fetched into the list. Without this the list is a form.

import { openOutbox } from "./lib/outbox.js";
import { statusOf } from "./lib/outbox-status.js";

const TIMEOUT_MS = 20000;

class Roll {
  constructor(root, outbox) {
    this.root = root;
    this.outbox = outbox;
    this.day = root.dataset.day;
    this.touched = new Map();
    this.form = root.querySelector("[data-roll]");
    this.list = this.form.querySelector("fieldset");
    this.found = root.querySelector("[data-found]");
    root.querySelector("[data-plain]").hidden = true;
    this.form.addEventListener("change", (event) => event.target.matches("[name=present]") && this.tick(event.target));
    // Everything is kept already; the form only finds somebody.
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.find();
    });
    window.addEventListener("online", () => this.refresh());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.refresh());
    this.count();
  }

  get boxes() {
    return [...this.list.querySelectorAll("[name=present]")];
  }

  tick(box) {
    this.touched.set(box.value, performance.now());
    this.outbox.put({ day: this.day, person: box.value, present: box.checked });
    this.count();
  }

  count() {
    const people = this.boxes.length;
    const present = this.boxes.filter((box) => box.checked).length;
    this.root.querySelector("[data-count]").textContent = this.root.dataset.textCount.replace("{present}", present).replace("{people}", people);
  }

  // What another tab was given, or what this device had kept before the page was loaded.
  hear(item) {
    if (item.day !== this.day) return;
    this.touched.set(item.person, performance.now());
    const box = this.boxes.find((each) => each.value === item.person);
    if (box) box.checked = item.present;
    this.count();
  }

  async overlay() {
    const items = (await this.outbox.pending()).sort((one, other) => one.at - other.at);
    for (const item of items) this.hear(item);
  }

  // What others have ticked meanwhile, and what was sent while this page was on its way here. Of those who have something
  // unsent, or are ticked while we ask, the device knows best.
  async refresh() {
    const waiting = new Set((await this.outbox.pending()).map((item) => item.person));
    const begun = performance.now();
    try {
      const address = `${this.root.dataset.address}?${new URLSearchParams({ dag: this.day })}`;
      const response = await fetch(address, { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
      const present = new Set((await response.json()).present);
      for (const box of this.boxes) {
        const isOurs = waiting.has(box.value) || this.touched.get(box.value) >= begun;
        if (!isOurs) box.checked = present.has(box.value);
      }
      this.count();
    } catch {
      // Without network the page is as it was.
    }
  }

  async find() {
    const field = this.form.elements.guest;
    const guest = field.value.trim();
    if (!guest) return field.focus();
    const address = `${location.pathname}?${new URLSearchParams({ dag: this.day, gjest: guest })}`;
    try {
      const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) throw new Error(String(response.status));
      await this.take(await response.text(), guest);
    } catch {
      this.outbox.wake();
      this.found.textContent = document.getElementById("live").dataset.offline;
    }
  }

  async take(page, guest) {
    const part = document.createElement("template");
    part.innerHTML = page;
    const known = new Set(this.boxes.map((box) => box.value));
    const rows = [...part.content.querySelectorAll("[data-person]")].filter((row) => !known.has(row.dataset.person));
    const shown = this.boxes.find((box) => box.closest("[data-guest]")?.textContent.toLowerCase().includes(guest.toLowerCase()));
    this.found.textContent = rows.length || shown ? "" : this.root.dataset.textNobody.replace("{guest}", guest);
    this.list.append(...rows);
    this.list.hidden = !this.boxes.length;
    await this.overlay();
    this.count();
    const first = rows[0]?.querySelector("[name=present]") ?? shown;
    first?.focus();
  }
}

async function bind(root) {
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  let roll;
  const { owner, address } = root.dataset;
  const outbox = await openOutbox({ owner, address, token, tell: statusOf(root), hear: (item) => roll?.hear(item) });
  roll = new Roll(root, outbox);
  await roll.overlay();
  root.dataset.ready = "";
  outbox.wake();
  roll.refresh();
}

for (const root of document.querySelectorAll("[data-outbox]")) bind(root);
