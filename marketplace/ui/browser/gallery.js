// Pictures of a product: small ones and arrows that lead to them, which one is seen, and a close look over the whole page.
// Swiping is the browser's own, of a row that snaps. It listens to the document, so that it works in the first view and
// in the live page alike.
const say = (vi, en) => (globalThis.choQueEnglish === true ? en : vi);
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const at = (row) => Math.round(row.scrollLeft / row.clientWidth);
const turn = (row, number) => {
  const next = Math.max(0, Math.min(number, row.children.length - 1));
  row.scrollTo({ left: row.clientWidth * next, behavior: calm() ? "auto" : "smooth" });
};
const rowOf = (element) => {
  for (let around = element; around; around = around.parentElement) {
    const row = around.querySelector(":scope [data-gallery]");
    if (row) return row;
  }
  return null;
};

// Says which picture is seen: the counter, the small one, and arrows that lead no further.
const tell = (row) => {
  const number = at(row);
  const frame = row.parentElement;
  const counter = frame.querySelector("[data-at]");
  if (counter) counter.textContent = String(number + 1);
  frame.parentElement.querySelectorAll("[data-picture]").forEach((small, other) => {
    small.setAttribute("aria-current", String(other === number));
  });
  for (const arrow of frame.querySelectorAll("[data-turn]")) {
    // Resting arrows keep the focus, so that the keyboard does not fall back to the page's beginning.
    const last = arrow.dataset.turn === "1" ? row.children.length - 1 : 0;
    arrow.setAttribute("aria-disabled", String(number === last));
  }
};
const tellAll = () => document.querySelectorAll("[data-gallery]").forEach(tell);

document.addEventListener("scroll", ({ target }) => { if (target.dataset && "gallery" in target.dataset) tell(target); }, true);
document.addEventListener("click", (event) => {
  const small = event.target.closest?.("[data-picture]");
  if (small) turn(rowOf(small), [...small.closest("ul").children].indexOf(small.closest("li")));
  const arrow = event.target.closest?.("[data-turn]");
  if (arrow) turn(rowOf(arrow), at(rowOf(arrow)) + Number(arrow.dataset.turn));
});
document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const inside = event.target.closest?.("[data-gallery], [data-turn], [data-picture], dialog[data-close-look]");
  if (!step || !inside || event.altKey || event.ctrlKey || event.metaKey) return;
  const row = inside.matches("dialog") ? inside.querySelector("[data-gallery]") : rowOf(inside);
  if (!row || row.querySelector("[data-near]")) return;
  event.preventDefault();
  turn(row, at(row) + step);
});

// The close look: the same row over the whole screen. Fingers spread the page by themselves; a double tap, a click or Enter
// brings a picture near, which then is moved under the finger or by the arrows.
const element = (name, looks, attributes = {}) => {
  const made = document.createElement(name);
  made.className = looks;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};
const TWICE = 400;
const ROUND = "grid place-items-center size-11 rounded-full bg-neutral text-neutral-content text-xl cursor-pointer";

const nearer = (slide, event) => {
  const image = slide.querySelector("img");
  const near = !("near" in slide.dataset);
  const box = image.getBoundingClientRect();
  const [x, y] = event?.detail ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] : [0.5, 0.5];
  if (near) slide.dataset.near = ""; else delete slide.dataset.near;
  slide.parentElement.classList.toggle("overflow-x-auto", !near);
  slide.parentElement.classList.toggle("overflow-hidden", near);
  image.className = near ? "w-[250%] max-w-none h-auto cursor-zoom-out" : "size-full object-contain cursor-zoom-in";
  if (near) slide.scrollTo(image.scrollWidth * x - slide.clientWidth / 2, image.scrollHeight * y - slide.clientHeight / 2);
};

export const enlarge = (link) => {
  const links = [...link.closest("[data-gallery]").querySelectorAll("[data-zoom]")];
  const dialog = element("dialog", "fixed inset-0 size-full max-w-none max-h-none bg-black text-white p-0 m-0 border-0 overflow-hidden", {
    "data-close-look": "",
    "aria-label": say("Ảnh phóng to", "Pictures enlarged"),
  });
  const frame = element("div", "relative size-full");
  const row = element("div", "flex size-full overflow-x-auto overscroll-contain snap-x snap-mandatory [scrollbar-width:none]", { "data-gallery": "" });
  for (const each of links) {
    const slide = element("div", "shrink-0 size-full snap-center overflow-auto overscroll-contain touch-manipulation", { role: "button", tabindex: "0" });
    const shown = each.querySelector("picture").cloneNode(true);
    for (const part of shown.children) part.setAttribute("sizes", "100vw");
    const image = shown.querySelector("img");
    image.className = "size-full object-contain cursor-zoom-in";
    image.removeAttribute("width");
    image.removeAttribute("height");
    slide.setAttribute("aria-label", each.getAttribute("aria-label"));
    slide.append(shown);
    let tapped = -Infinity;
    slide.addEventListener("click", (event) => {
      // A finger taps twice, as everywhere; once is how one stops a page that moves.
      if (event.pointerType === "touch" && event.timeStamp - tapped > TWICE) { tapped = event.timeStamp; return; }
      tapped = -Infinity;
      nearer(slide, event);
    });
    slide.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      nearer(slide);
    });
    row.append(slide);
  }
  const close = element("button", `${ROUND} absolute right-3 top-3`, { type: "button", "aria-label": say("Đóng", "Close") });
  close.textContent = "✕";
  frame.append(row, close);
  if (links.length > 1) {
    for (const [step, sign, side, label] of [
      ["-1", "‹", "left-3", say("Ảnh trước", "Previous picture")],
      ["1", "›", "right-3", say("Ảnh sau", "Next picture")],
    ]) {
      const arrow = element("button", `${ROUND} absolute top-1/2 -translate-y-1/2 ${side} aria-disabled:opacity-40`, {
        type: "button", "data-turn": step, "aria-label": label,
      });
      arrow.textContent = sign;
      frame.append(arrow);
    }
    const count = element("p", "num absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full bg-neutral text-neutral-content px-3 py-1 text-sm pointer-events-none");
    const number = element("span", "", { "data-at": "" });
    count.append(number, ` / ${links.length}`);
    frame.append(count);
  }
  dialog.append(frame);
  // Whoever came by a swipe goes on from the picture seen last; the link that was pressed has the focus again.
  let seen = links.indexOf(link);
  // Read before the look closes: afterwards the row has no width, and the browser tells of a scroll only with its next frame.
  const look = () => { if (row.clientWidth) seen = at(row); };
  row.addEventListener("scroll", look);
  dialog.addEventListener("cancel", look);
  close.addEventListener("click", () => { look(); dialog.close(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    const there = link.closest("[data-gallery]");
    if (there) there.scrollTo({ left: there.clientWidth * seen, behavior: "auto" });
    (links[seen]?.isConnected ? links[seen] : link).focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  row.scrollTo({ left: row.clientWidth * links.indexOf(link), behavior: "auto" });
  tell(row);
  row.children[links.indexOf(link)].focus({ preventScroll: true });
};

document.documentElement.dataset.turns = "";
tellAll();
