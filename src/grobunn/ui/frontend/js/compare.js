// Which of two is better: every answer is kept on the device at once and sent when it can be. The next pairs came with
// the page, so that going on needs no network. Without this each answer is a form, and leads to the next page.

import { openOutbox } from "./lib/outbox.js";
import { statusOf } from "./lib/outbox-status.js";

const TIMEOUT_MS = 20000;
// With fewer left, the next are fetched: by what has been answered by then.
const FEW = 6;

// The same two are the same pair, whichever stands to the left.
function pairOf(item) {
  return [item.left, item.right].sort().join(" ");
}

class Comparing {
  constructor(root, outbox) {
    this.root = root;
    this.outbox = outbox;
    this.place = root.querySelector("[data-pairs]");
    this.done = Number(root.dataset.done);
    this.answered = new Set();
    // What can be taken back, the last given last; what the server has is known by its id alone.
    this.given = root.dataset.last ? [{ id: root.dataset.last }] : [];
    this.shown = this.place.querySelector("[data-pair]");
    this.next = [...this.place.querySelectorAll("template")].map((each) => each.content.querySelector("[data-pair]"));
    this.place.addEventListener("click", (event) => this.press(event));
    this.place.addEventListener("submit", (event) => this.answer(event));
    root.querySelector("[data-take-back]").addEventListener("submit", (event) => this.takeBack(event));
  }

  // The second press of a double click would answer for the next pair.
  press(event) {
    if (event.detail > 1 && event.target.closest("[type=submit]")) event.preventDefault();
  }

  answer(event) {
    event.preventDefault();
    event.stopPropagation();
    const { left, right } = Object.fromEntries(new FormData(event.target));
    const given = { form: event.target, pair: pairOf({ left, right }) };
    given.kept = this.outbox.put({ left, right, better: event.submitter.value }).then((made) => (given.id = made.id));
    this.note(given);
    this.goOn({ isFocused: true });
  }

  note(given) {
    this.given.push(given);
    if (!this.answered.has(given.pair)) this.done += 1;
    this.answered.add(given.pair);
  }

  forget(given) {
    this.given = this.given.filter((each) => each !== given);
    this.answered.delete(given.pair);
    this.done = Math.max(this.done - 1, 0);
  }

  async takeBack(event) {
    const last = this.given.at(-1);
    if (!last) return;
    event.preventDefault();
    event.stopPropagation();
    this.forget(last);
    if (last.form && this.shown) this.next.unshift(this.shown);
    this.show(last.form ?? this.shown, { isFocused: true });
    await last.kept;
    await this.outbox.put({ takes_back: last.id });
  }

  // What another tab was given, or what this device had kept before the page was loaded.
  hear(item) {
    const known = this.given.find((each) => each.id === (item.takes_back ?? item.id));
    if ("takes_back" in item && known) this.forget(known);
    if (!("takes_back" in item) && !known) this.note({ id: item.id, pair: pairOf(item) });
    this.goOn({ isFocused: false });
  }

  async overlay() {
    const items = (await this.outbox.pending()).sort((one, other) => one.at - other.at);
    for (const item of items) this.hear(item);
  }

  isOpen(form) {
    const [left, right] = form.dataset.pair.split(" ");
    return !this.answered.has(pairOf({ left, right }));
  }

  // The pair that is shown, if it is not answered, else the next that is not.
  goOn(how) {
    this.next = this.next.filter((form) => this.isOpen(form));
    const stays = this.shown && this.isOpen(this.shown);
    this.show(stays ? this.shown : this.next.shift(), how);
  }

  show(form, { isFocused }) {
    const isNew = form !== this.shown;
    this.shown = form;
    if (isNew) this.place.replaceChildren(...(form ? [form] : []));
    const { textProgress, enough, all } = this.root.dataset;
    this.root.querySelector("[data-progress]").textContent = textProgress.replace("{done}", this.done).replace("{of}", enough);
    this.root.querySelector("[data-when-enough]").hidden = this.done < Number(enough);
    this.root.querySelector("[data-when-all]").hidden = form || this.done < Number(all);
    this.root.querySelector("[data-when-none]").hidden = form || this.done >= Number(all);
    this.root.querySelector("[data-take-back]").hidden = !this.done;
    if (isNew && form && isFocused) form.querySelector("h3").focus();
  }

  // All is sent: the server knows every answer, and says which pairs tell most now.
  async sent() {
    if (this.isFetching || this.next.length > FEW || this.done >= Number(this.root.dataset.all)) return;
    this.isFetching = true;
    try {
      const response = await fetch(this.root.dataset.more, { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) throw new Error(String(response.status));
      this.take(await response.text());
    } catch {
      // The next answer that is sent asks again.
    } finally {
      this.isFetching = false;
    }
  }

  take(page) {
    const part = document.createElement("template");
    part.innerHTML = page;
    const pairs = [...part.content.querySelectorAll("template")].map((each) => each.content.querySelector("[data-pair]"));
    const shown = this.shown && new Set(this.shown.dataset.pair.split(" "));
    if (!pairs.length && !this.shown) this.root.dataset.all = this.done;
    this.next = pairs.filter((form) => !shown || form.dataset.pair.split(" ").some((id) => !shown.has(id)));
    this.goOn({ isFocused: !this.shown });
  }
}

async function bind(root) {
  const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const say = statusOf(root);
  let comparing;
  const tell = (state, count) => {
    say(state, count);
    if (!count && comparing) comparing.sent();
  };
  const { owner, address } = root.dataset;
  const outbox = await openOutbox({ owner, address, token, tell, hear: (item) => comparing?.hear(item) });
  if (root.querySelector("[data-pairs]")) {
    comparing = new Comparing(root, outbox);
    await comparing.overlay();
    root.dataset.ready = "";
  }
  outbox.wake();
}

for (const root of document.querySelectorAll("[data-comparing]")) bind(root);
