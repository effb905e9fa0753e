/**
 * Passkeys: lets a form with data-passkey be answered by the browser's own dialogue.
 *
 * data-passkey="login"   fetches what is asked from the form's address, then signs in;
 * data-passkey="get"     takes what is asked from data-passkey-options;
 * data-passkey="create"  the same, and makes a new passkey; a ticked "passwordless" makes one that needs no password.
 * The answer goes into the field "credential". A hidden form is shown only where the browser can do it.
 */

const toBytes = (text) => {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain.padEnd(Math.ceil(plain.length / 4) * 4, "=")), (letter) => letter.charCodeAt(0));
};

const toText = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withBytes = (credentials) =>
  credentials?.map((credential) => ({ ...credential, id: toBytes(credential.id) }));

async function make(options, passwordless) {
  const asked = options.creation_options.publicKey;
  const answer = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: withBytes(asked.excludeCredentials),
      authenticatorSelection: {
        ...asked.authenticatorSelection,
        residentKey: passwordless ? "required" : "discouraged",
        requireResidentKey: passwordless,
        ...(passwordless ? { userVerification: "required" } : {}),
      },
    },
  });
  return {
    ...common(answer),
    response: {
      clientDataJSON: toText(answer.response.clientDataJSON),
      attestationObject: toText(answer.response.attestationObject),
      transports: answer.response.getTransports?.() ?? [],
    },
  };
}

async function use(options) {
  const asked = options.request_options.publicKey;
  const answer = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      allowCredentials: withBytes(asked.allowCredentials),
    },
  });
  const { userHandle } = answer.response;
  return {
    ...common(answer),
    response: {
      clientDataJSON: toText(answer.response.clientDataJSON),
      authenticatorData: toText(answer.response.authenticatorData),
      signature: toText(answer.response.signature),
      userHandle: userHandle ? toText(userHandle) : null,
    },
  };
}

const common = (answer) => ({
  type: answer.type,
  id: answer.id,
  rawId: toText(answer.rawId),
  authenticatorAttachment: answer.authenticatorAttachment,
  clientExtensionResults: answer.getClientExtensionResults(),
});

async function answerOf(form) {
  const kind = form.dataset.passkey;
  if (kind === "login") {
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return use(await response.json());
  }
  const options = JSON.parse(form.dataset.passkeyOptions);
  return kind === "create" ? make(options, Boolean(form.elements.passwordless?.checked)) : use(options);
}

function bind(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector("[data-passkey-error]");
    error.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await answerOf(form));
      form.submit();
    } catch {
      error.hidden = false;
    }
  });
}

// Browsers give passkeys to names alone, never to a numeric address.
const hasName = !/^[\d.]+$|^\[/.test(window.location.hostname);

if (window.PublicKeyCredential && hasName) {
  document.querySelectorAll("form[data-passkey]").forEach(bind);
}
