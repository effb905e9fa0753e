// What is given on a page is kept on the device at once, and sent when the network is there: after a reload, an
// expired login, a server that was down. Of several tabs one sends. The server keeps each thing once by its id.

const DATABASE = "grobunn-outbox";
const MOST = 200;
const TIMEOUT_MS = 20000; // The server takes a longer delay for a wrong clock.
const RETRY_MS = [1000, 2000, 5000, 10000, 20000];

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Committed at once: what is given in the moment before the page is closed is kept.
function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.commit?.();
  });
}

async function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("items", { keyPath: "id" }).createIndex("box", "box");
    request.result.createObjectStore("clocks");
  };
  return asked(request);
}

// The same in memory, for browsers that refuse to keep anything.
function fragileStore() {
  const items = new Map();
  let offset = 0;
  return {
    isFragile: true,
    all: async () => [...items.values()],
    put: async (item) => items.set(item.id, item),
    remove: async (ids) => ids.forEach((id) => items.delete(id)),
    offset: async () => offset,
    shift: async (milliseconds) => (offset += milliseconds),
  };
}

async function openStore(box) {
  let database;
  try {
    database = await openDatabase();
  } catch {
    return fragileStore();
  }
  const store = (name, mode) => database.transaction(name, mode).objectStore(name);
  return {
    isFragile: false,
    all: () => asked(store("items", "readonly").index("box").getAll(box)),
    put: (item) => {
      const items = store("items", "readwrite");
      items.put({ ...item, box });
      return committed(items.transaction);
    },
    remove: async (ids) => {
      const items = store("items", "readwrite");
      await Promise.all(ids.map((id) => asked(items.delete(id))));
    },
    offset: async () => (await asked(store("clocks", "readonly").get(box))) ?? 0,
    shift: async (milliseconds) => {
      const clocks = store("clocks", "readwrite");
      await asked(clocks.put(((await asked(clocks.get(box))) ?? 0) + milliseconds, box));
    },
  };
}

let last = 0;

// Never twice the same moment, never backwards: the order on a device is the order of its touches.
function moment() {
  last = Math.max(Date.now(), last + 1);
  return last;
}

// UUIDv7: the time, then chance.
function newId(at) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(at / 256 ** (5 - place)) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// `tell` hears of the state: sent, sending, waiting, login, refused, void, fragile. `hear` hears what other tabs were given.
export async function openOutbox({ owner, address, token, tell, hear }) {
  const box = `${address}#${owner}`;
  const store = await openStore(box);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`${DATABASE}:${box}`) : null;
  let csrf = token;
  let failures = 0;
  let timer;
  let isSending = false;
  let isWanted = false;
  let worst = "";

  async function put(item) {
    const at = moment();
    const made = { ...item, id: newId(at), at };
    const kept = store.put(made);
    channel?.postMessage(made);
    await kept;
    wake();
    return made;
  }

  function wake() {
    clearTimeout(timer);
    send();
  }

  async function send() {
    isWanted = true;
    if (isSending) return;
    isSending = true;
    try {
      while (isWanted) {
        isWanted = false;
        await alone(sendAll);
      }
    } finally {
      isSending = false;
    }
  }

  // One tab at a time; without locks the server's ids are enough.
  async function alone(work) {
    if (!navigator.locks) return work();
    return navigator.locks.request(`${DATABASE}:${box}`, work);
  }

  async function sendAll() {
    for (;;) {
      const items = (await store.all()).sort((one, other) => one.at - other.at).slice(0, MOST);
      if (!items.length) return tell(worst || "sent", 0);
      tell(failures ? "waiting" : "sending", items.length);
      const answer = await posted(items);
      if (!answer) return later(items.length);
      failures = 0;
      await settle(answer, items);
    }
  }

  async function settle(answer, items) {
    if (answer.offset) await store.shift(answer.offset);
    if (answer.refused.length) worst = "refused";
    else if (answer.void.length && !worst) worst = "void";
    const named = new Set([...answer.kept, ...answer.refused]);
    await store.remove(items.filter((item) => named.has(item.id)).map((item) => item.id));
  }

  async function posted(items) {
    const offset = await store.offset();
    const body = JSON.stringify({
      owner,
      sent_at: Date.now() + offset,
      items: items.map(({ box: _box, ...item }) => ({ ...item, at: item.at + offset })),
    });
    try {
      const response = await request({ method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } });
      if (response.ok) return await response.json();
      if (response.type === "opaqueredirect" || response.status === 401) return noted("login");
      if (response.status === 409) return noted("login");
      // Signed in again in another tab: the token of this page is old.
      if (response.status === 403) return noted((await refreshed()) ? "waiting" : "login");
    } catch {
      return noted("waiting");
    }
    return noted("waiting");
  }

  function request(options) {
    return fetch(address, { ...options, redirect: "manual", cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(TIMEOUT_MS) });
  }

  async function refreshed() {
    const response = await request({ method: "GET" });
    if (!response.ok) return false;
    const answer = await response.json();
    csrf = answer.token;
    return answer.owner === owner;
  }

  let why = "waiting";
  function noted(state) {
    why = state;
    return null;
  }

  function later(count) {
    tell(why, count);
    clearTimeout(timer);
    timer = setTimeout(wake, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  }

  if (channel) channel.onmessage = (event) => hear?.(event.data);
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  if (store.isFragile) {
    tell("fragile", 0);
    window.addEventListener("beforeunload", (event) => isSending && event.preventDefault());
  }
  return { put, wake, pending: () => store.all() };
}
