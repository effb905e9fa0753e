// A page whose changing part follows what happens: [data-watch] holds the part, data-part says where it is read.
// The live service says when there is news, and often what it is. Without it, the part is read every few seconds.

const POLL_MS = 8000;
const REFUSALS = 3;

const part = document.querySelector("[data-watch]");
if (part) follow(part);

function follow(element) {
  const address = element.dataset.watch;
  let refused = 0;
  let polling = 0;
  if (!address) return poll();

  const source = new EventSource(address);
  source.addEventListener("part", (event) => show(element, JSON.parse(event.data)));
  source.addEventListener("look", () => look(element));
  source.addEventListener("open", () => {
    refused = 0;
    clearTimeout(polling);
    polling = 0;
    say("live");
  });
  source.addEventListener("error", () => {
    refused += 1;
    if (source.readyState === EventSource.CLOSED || refused >= REFUSALS) poll();
  });

  function poll() {
    if (polling) return;
    say("polled");
    const again = async () => {
      await look(element);
      polling = setTimeout(again, POLL_MS * (0.75 + Math.random() / 2));
    };
    polling = setTimeout(again, Math.random() * POLL_MS);
  }
}

async function look(element) {
  try {
    const answer = await fetch(element.dataset.part, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) show(element, await answer.text());
  } catch {
    // Without network the page stays as it is.
  }
}

function show(element, html) {
  const writing = document.activeElement?.closest?.("input:not([type=hidden]), textarea, select");
  if (writing && element.contains(writing)) {
    // Nobody's writing is taken from under their hands: the news comes when they are done.
    writing.addEventListener("blur", () => look(element), { once: true });
    return;
  }
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  element.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  element.dispatchEvent(new CustomEvent("grobunn:part", { bubbles: true }));
}

function say(state) {
  document.querySelectorAll("[data-watch-state]").forEach((each) => {
    each.hidden = each.dataset.watchState !== state;
  });
}
