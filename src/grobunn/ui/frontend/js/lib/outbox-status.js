// Says what the device has kept and not sent, calmly and once.

export function statusOf(root) {
  const status = root.querySelector("[data-outbox-status]");
  const words = status?.querySelector("[data-outbox-words]");
  const login = status?.querySelector("[data-outbox-login]");
  let isUsed = false;
  return function tell(state) {
    if (!status) return;
    const text = status.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
    // Nothing is said of what is as it should be before anything was given.
    isUsed ||= state !== "sent";
    status.hidden = !isUsed;
    status.dataset.state = state;
    if (words.textContent !== text) words.textContent = text;
    login.hidden = state !== "login";
  };
}
