// Photos: shown before they are sent, made smaller on the device, without what the camera wrote into them (place, time, owner).
// A file that the browser cannot draw goes as it is; the server makes it safe in any case.

const DRAWN = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];
const QUALITY = 0.85;
const THUMB_PX = 320;

async function bitmapOf(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

function drawn(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function smaller(file, bitmap, longest) {
  const type = file.type === "image/png" ? "image/png" : "image/jpeg";
  const blob = await new Promise((resolve) => drawn(bitmap, longest).toBlob(resolve, type, QUALITY));
  if (!blob) return file;
  const stem = file.name.replace(/\.[^.]*$/, "") || "photo";
  return new File([blob], `${stem}.${type === "image/png" ? "png" : "jpg"}`, { type });
}

function preview(place, file, bitmap, remove) {
  const item = document.createElement("li");
  item.className = "file-field__preview";
  if (bitmap) {
    const canvas = drawn(bitmap, THUMB_PX);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", file.name);
    item.append(canvas);
  }
  const name = Object.assign(document.createElement("span"), { className: "file-field__name", textContent: file.name });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "ds-button", textContent: place.dataset.textRemove });
  button.dataset.variant = "tertiary";
  button.dataset.size = "sm";
  button.setAttribute("aria-label", `${place.dataset.textRemove} ${file.name}`);
  button.addEventListener("click", remove);
  item.append(name, button);
  place.append(item);
}

function bind(field) {
  const input = field.querySelector("input[type=file]");
  const place = field.querySelector("[data-previews]");
  const longest = Number(field.dataset.downscale);

  function choose(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
  }

  function show(entries) {
    place.replaceChildren();
    for (const entry of entries) {
      preview(place, entry.file, entry.bitmap, () => {
        const rest = entries.filter((other) => other !== entry);
        choose(rest.map((other) => other.file));
        show(rest);
        input.focus();
      });
    }
  }

  input.addEventListener("change", async () => {
    const entries = [];
    for (const file of input.files) {
      const bitmap = DRAWN.includes(file.type) ? await bitmapOf(file) : null;
      entries.push({ bitmap, file: bitmap ? await smaller(file, bitmap, longest) : file });
    }
    choose(entries.map((entry) => entry.file));
    show(entries);
  });
}

for (const field of document.querySelectorAll("[data-file-field]")) bind(field);
