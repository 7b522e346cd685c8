// Photos of goods: made smaller on the phone, then sent one after another, each with its progress and its reason if it fails.
const LONGEST_SIDE = 2000;
const SMALL_ENOUGH = 400_000;
const QUALITY = 0.85;
// Browsers that do not turn photos upright by themselves would send them lying: those send the file as it is.
const UPRIGHT = globalThis.CSS?.supports?.("image-orientation", "from-image") ?? false;

const say = (vi, en) => (globalThis.choQueEnglish === true ? en : vi);
const OFFLINE = () => say("Mất kết nối. Ảnh vẫn còn đây, hãy gửi lại.", "No connection. The photo is still here; send it again.");

const smaller = async (file, address) => {
  if (!UPRIGHT || file.size <= SMALL_ENOUGH) return file;
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    // Old iPhones count canvases until they are emptied.
    canvas.width = canvas.height = 0;
    return made && made.size < file.size ? made : file;
  } catch {
    // What this browser cannot draw, the market judges.
    return file;
  }
};

// Sent once more, a photo the market has judged meets the same answer; one the network lost does not.
const WORTH_ANOTHER_TRY = (status) => status === 0 || status === 429 || status >= 500;

const post = (address, photo, name, moved) => new Promise((done) => {
  const body = new FormData();
  body.append("picture", photo, name);
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.upload.onprogress = (step) => { if (step.lengthComputable) moved(step.loaded / step.total); };
  request.onloadend = () => {
    if (request.status === 201) { done(null); return; }
    let reason = OFFLINE();
    try { reason = JSON.parse(request.responseText).title || reason; } catch { /* not our answer: the network's */ }
    done({ reason, again: WORTH_ANOTHER_TRY(request.status) });
  };
  request.send(body);
});

class Photo {
  constructor(file) {
    this.file = file;
    this.address = URL.createObjectURL(file);
    this.line = document.createElement("li");
    const model = document.getElementById("photo-on-its-way").cloneNode(true);
    model.removeAttribute("id");
    model.hidden = false;
    this.line.append(model);
    this.part("picture").src = this.address;
    this.part("name").textContent = file.name;
    this.part("drop").onclick = () => this.drop();
    this.show("waits");
  }

  part(name) { return this.line.querySelector(`[data-photo="${name}"]`); }

  // waits: for its goods to be made; queued: for the photos before it; lost: could be sent again; refused: could not.
  show(state) {
    this.part("waits").hidden = state !== "waits";
    this.part("progress").hidden = state !== "queued" && state !== "sending";
    this.part("again").hidden = state !== "lost";
    this.part("drop").hidden = state === "sending";
  }

  async send(input) {
    if (this.dropped) return;
    this.part("problem").textContent = "";
    this.part("progress").value = 0;
    this.show("sending");
    const made = await smaller(this.file, this.address);
    const refused = await post(input.dataset.upload, made, this.file.name, (part) => { this.part("progress").value = part; });
    if (!refused) { this.drop(); return; }
    this.part("problem").textContent = refused.reason;
    this.part("again").onclick = () => queue(input, [this]);
    this.show(refused.again ? "lost" : "refused");
  }

  drop() {
    this.dropped = true;
    this.line.remove();
    URL.revokeObjectURL(this.address);
  }
}

let sending = Promise.resolve();
const queue = (input, photos) => {
  for (const photo of photos) {
    photo.show("queued");
    sending = sending.then(() => photo.send(input)).then(() => document.querySelector(input.dataset.refresh)?.click());
  }
};

const list = () => document.getElementById("photos");

// Goods that are not made yet have nowhere to send their photos to: these wait for the page of what the form makes.
const held = new Map();
const made = new MutationObserver(() => {
  for (const [key, photos] of held) {
    const input = document.querySelector(`input[data-made-with="${CSS.escape(key)}"][data-upload^="/"]`);
    if (!input) continue;
    held.delete(key);
    list().append(...photos.filter((photo) => !photo.dropped).map((photo) => photo.line));
    queue(input, photos);
  }
  if (!held.size) made.disconnect();
});

export const take = (input, files) => {
  const photos = files.map((file) => new Photo(file));
  list().append(...photos.map((photo) => photo.line));
  if (input.dataset.upload) { queue(input, photos); return; }
  const key = input.dataset.madeWith;
  held.set(key, [...(held.get(key) ?? []), ...photos]);
  made.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-upload"] });
};
