// Giving scores: every touch is kept on the device at once and sent when it can be. All one's entries are fetched into
// the page, so that going from one to the next needs no network.

import { isSingleKey } from "./lib/keys.js";
import { openOutbox } from "./lib/outbox.js";
import { statusOf } from "./lib/outbox-status.js";

const NOTE_PAUSE_MS = 800;
const MORE_RETRY_MS = 8000;
const TIMEOUT_MS = 20000;

// One figure or one note: what the device knows better than the server until it is sent.
function keyOf(item) {
  return [item.entry, item.criterion, "note" in item ? "note" : "value"].join(" ");
}

function showFigure(sheet, criterion, value) {
  for (const radio of sheet.querySelectorAll(`[data-criterion="${CSS.escape(criterion)}"] input[type=radio]`)) radio.checked = Number(radio.value) === value;
}

function showNote(sheet, criterion, note) {
  const field = sheet.querySelector(`[data-criterion="${CSS.escape(criterion)}"] textarea`);
  if (!field || field === document.activeElement || field.dataset.kept === note) return;
  field.value = note;
  field.dataset.kept = note;
  if (note && field.closest("details")) field.closest("details").open = true;
}

class Scoring {
  constructor(root, outbox) {
    this.root = root;
    this.outbox = outbox;
    this.order = root.dataset.order.trim().split(" ");
    this.holder = root.querySelector("[data-sheets]");
    this.done = new Set();
    this.base = Number(root.querySelector("progress").value);
    this.timers = new Map();
    this.touched = new Map();
    for (const sheet of this.sheets) this.take(sheet);
    // Entries that are not fetched yet count as the server said.
    this.unknown = this.base - this.done.size;
    root.addEventListener("change", (event) => event.target.matches("input[type=radio]") && this.figure(event.target));
    root.addEventListener("input", (event) => event.target.matches("textarea") && this.noteSoon(event.target));
    root.addEventListener("focusout", (event) => event.target.matches("textarea") && this.note(event.target));
    root.addEventListener("submit", (event) => this.submit(event));
    root.addEventListener("click", (event) => this.click(event));
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
    window.addEventListener("pagehide", () => this.leave());
    // Looked at again, also from the browser's memory: what is kept may have been given elsewhere.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.refresh());
    window.addEventListener("online", () => this.refresh());
    window.addEventListener("popstate", () => this.show(this.sheets.find((sheet) => sheet.dataset.address === location.pathname), { isPushed: false }));
    this.more(0);
  }

  get sheets() {
    return [...this.holder.querySelectorAll("[data-sheet]")];
  }

  get current() {
    return this.sheets.find((sheet) => !sheet.hidden);
  }

  sheet(id) {
    return this.sheets.find((sheet) => sheet.dataset.sheet === id);
  }

  // A sheet that is now in the page: its notes as they are, its fields without the plain form's button.
  take(sheet) {
    for (const field of sheet.querySelectorAll("textarea")) field.dataset.kept = field.value;
    sheet.querySelector("[data-plain]")?.setAttribute("hidden", "");
    this.count(sheet);
  }

  count(sheet) {
    const criteria = [...sheet.querySelectorAll("fieldset[data-criterion]:not([data-criterion=''])")];
    const isDone = criteria.every((each) => each.querySelector("input:checked"));
    if (isDone) this.done.add(sheet.dataset.sheet);
    else this.done.delete(sheet.dataset.sheet);
  }

  progress() {
    const done = this.done.size + Math.max(this.unknown ?? 0, 0);
    const { textProgress } = this.root.dataset;
    this.root.querySelector("[data-progress]").textContent = textProgress.replace("{done}", done).replace("{of}", this.order.length);
    this.root.querySelector("progress").value = done;
  }

  figure(radio) {
    const sheet = radio.closest("[data-sheet]");
    const { criterion } = radio.closest("[data-criterion]").dataset;
    this.put({ entry: sheet.dataset.sheet, criterion, value: Number(radio.value) });
    this.count(sheet);
    this.progress();
  }

  noteSoon(field) {
    clearTimeout(this.timers.get(field));
    this.timers.set(field, setTimeout(() => this.note(field), NOTE_PAUSE_MS));
  }

  note(field) {
    clearTimeout(this.timers.get(field));
    this.timers.delete(field);
    const note = field.value.trim();
    if (note === (field.dataset.kept ?? "").trim()) return;
    field.dataset.kept = note;
    this.put({ entry: field.closest("[data-sheet]").dataset.sheet, criterion: field.closest("[data-criterion]").dataset.criterion, note });
  }

  put(item) {
    this.touched.set(keyOf(item), performance.now());
    this.outbox.put(item);
  }

  leave() {
    for (const field of [...this.timers.keys()]) this.note(field);
  }

  // What another tab was given, or what this device had kept before the page was loaded.
  hear(item) {
    this.touched.set(keyOf(item), performance.now());
    this.lay(item, this.sheet(item.entry));
  }

  lay(item, sheet) {
    if (!sheet) return;
    if ("note" in item) showNote(sheet, item.criterion, item.note);
    else showFigure(sheet, item.criterion, item.value);
    this.count(sheet);
    this.progress();
  }

  async overlay() {
    const items = (await this.outbox.pending()).sort((one, other) => one.at - other.at);
    for (const item of items) this.hear(item);
  }

  // What is kept: a page may be older than what was sent from it. Of what is unsent, or given while we ask, the device
  // knows best.
  async refresh() {
    const unsent = new Set((await this.outbox.pending()).map(keyOf));
    const begun = performance.now();
    try {
      const response = await fetch(`${this.root.dataset.address}?svar`, { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
      const { scores } = await response.json();
      const sheets = new Map(this.sheets.map((sheet) => [sheet.dataset.sheet, sheet]));
      for (const [entry, criterion, value, note] of scores) {
        for (const item of [{ entry, criterion, value }, { entry, criterion, note }]) {
          const key = keyOf(item);
          if (!unsent.has(key) && !(this.touched.get(key) >= begun)) this.lay(item, sheets.get(entry));
        }
      }
    } catch {
      // Without network the page is as it was.
    }
  }

  submit(event) {
    // Everything is kept already; the button only leads on.
    event.preventDefault();
    this.leave();
    this.go(1);
  }

  click(event) {
    const link = event.target.closest("[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.go(Number(link.dataset.go))) event.preventDefault();
  }

  go(steps) {
    const id = this.order[this.order.indexOf(this.current.dataset.sheet) + steps];
    const sheet = id && this.sheet(id);
    if (!sheet) return false;
    this.leave();
    this.show(sheet, { isPushed: true });
    return true;
  }

  show(sheet, { isPushed }) {
    if (!sheet) return;
    for (const each of this.sheets) each.hidden = each !== sheet;
    if (isPushed) history.pushState(null, "", sheet.dataset.address);
    document.title = [sheet.querySelector("h2").textContent, ...document.title.split(": ").slice(-1)].join(": ");
    const here = document.querySelector(".ds-breadcrumbs [aria-current=page]");
    if (here) here.textContent = sheet.querySelector("h2").textContent;
    this.links(sheet);
    window.scrollTo(0, 0);
    sheet.querySelector("h2").focus({ preventScroll: true });
  }

  links(sheet) {
    const place = this.order.indexOf(sheet.dataset.sheet);
    for (const link of this.root.querySelectorAll("[data-go]")) {
      const id = this.order[place + Number(link.dataset.go)];
      link.hidden = !id;
      if (id) link.href = sheet.dataset.address.replace(sheet.dataset.sheet, id);
    }
  }

  key(event) {
    if (!isSingleKey(event)) return;
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      const link = this.root.querySelector(`[data-go="${event.key === "n" ? 1 : -1}"]`);
      if (!link.hidden) link.click();
    }
    if (/^\d$/.test(event.key)) this.digit(event);
  }

  // A figure scores the criterion where the focus is, else the first without a figure, and goes on to the next.
  digit(event) {
    const groups = [...this.current.querySelectorAll("fieldset[data-criterion]:not([data-criterion=''], :disabled)")];
    const group = event.target.closest?.("fieldset[data-criterion]") ?? groups.find((each) => !each.querySelector("input:checked"));
    const radio = group?.querySelector(`input[type=radio][value="${event.key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.click();
    const next = groups[groups.indexOf(group) + 1];
    (next?.querySelector("input:checked") ?? next?.querySelector("input") ?? radio).focus();
  }

  // The other entries, a part at a time.
  async more(from) {
    try {
      const response = await fetch(`${this.root.dataset.more}?fra=${from}`, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) throw new Error(String(response.status));
      const part = document.createElement("template");
      part.innerHTML = await response.text();
      const sheets = [...part.content.querySelectorAll("[data-sheet]")];
      for (const sheet of sheets) if (!this.sheet(sheet.dataset.sheet)) this.add(sheet);
      await this.overlay();
      const reached = from + sheets.length;
      if (sheets.length && reached < this.order.length) return this.more(reached);
      this.unknown = 0;
      this.refresh();
      this.progress();
    } catch {
      setTimeout(() => this.more(from), MORE_RETRY_MS);
    }
  }

  add(sheet) {
    const before = this.done.size;
    this.holder.append(sheet);
    this.take(sheet);
    if (this.done.size > before) this.unknown -= 1;
  }
}

async function bind(root) {
  const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  let scoring;
  const { owner, address } = root.dataset;
  const outbox = await openOutbox({ owner, address, token, tell: statusOf(root), hear: (item) => scoring?.hear(item) });
  if ("scoring" in root.dataset) {
    scoring = new Scoring(root, outbox);
    await scoring.overlay();
    root.dataset.ready = "";
  }
  outbox.wake();
  scoring?.refresh();
}

for (const root of document.querySelectorAll("[data-outbox]")) bind(root);
