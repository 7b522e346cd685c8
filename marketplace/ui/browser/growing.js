// A list of goods that grows as one nears its end, and is as it was when one comes back to it. The link to the next page
// works without this; here it fetches that page, the same complete HTML, and takes its goods.
const AUTOMATIC = 3; // Then somebody is asked, so that what stands below the list can be reached.
const MOST = 20; // So many pages in one document; then the link leads on.
const AHEAD = "600px";
const PAUSE = 200;

const english = () => globalThis.choQueEnglish === true;
const list = () => document.querySelector("[data-grows]");
const link = () => document.querySelector("a[data-more]");

let pages = []; // Addresses of the pages that were added.
let added = []; // Their goods.
let next = null; // The page after these; "" after the last one, null before the first.
let automatic = navigator.connection?.saveData ? 0 : AUTOMATIC;
let busy = false;
let held = null; // Where the page is kept while its goods come back.

const status = document.createElement("p");
status.setAttribute("role", "status");
status.className = "sr-only";
document.body.append(status);

const fetched = async (href) => {
  const address = new URL(href, location.href);
  const language = new URLSearchParams(location.search).get("lang");
  if (language) address.searchParams.set("lang", language);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return {
    goods: [...page.querySelectorAll("[data-grows] > li")],
    next: page.querySelector("a[data-more]")?.getAttribute("href") ?? "",
  };
};

const leadsTo = (item) => item.querySelector("a")?.getAttribute("href");

const append = (goods) => {
  // Goods that moved down the list meanwhile are there already.
  const known = new Set([...list().children].map(leadsTo));
  const fresh = goods.filter((item) => !known.has(leadsTo(item)));
  list().append(...fresh);
  added.push(...fresh);
  return fresh;
};

// Puts everything where it belongs in the page there is now.
const settle = () => {
  const there = list();
  if (!there) return;
  there.append(...added);
  there.style.paddingBottom = held ? `${held.room}px` : "";
  if (held) scrollTo(0, held.y);
  const leads = link();
  if (!leads) return;
  if (next !== null) leads.hidden = next === "";
  if (next) leads.setAttribute("href", next);
  watcher.disconnect();
  watcher.observe(leads);
};

// The place in history remembers what was added and how far one has come.
const keep = () => {
  if (!pages.length || held) return;
  history.scrollRestoration = "manual";
  history.replaceState({ ...history.state, goods: { pages, y: scrollY } }, "");
};

const more = async () => {
  const href = next ?? link()?.getAttribute("href");
  if (busy || !href) return [];
  busy = true;
  link()?.setAttribute("aria-busy", "true");
  try {
    const page = await fetched(href);
    const fresh = append(page.goods);
    pages = [...pages, href];
    next = page.next;
    settle();
    keep();
    status.textContent = english() ? `${fresh.length} more products.` : `Thêm ${fresh.length} sản phẩm.`;
    return fresh;
  } finally {
    busy = false;
    link()?.removeAttribute("aria-busy");
  }
};

const watcher = new IntersectionObserver(
  (seen) => {
    if (automatic < 1 || busy || held || !seen.some((entry) => entry.isIntersecting)) return;
    automatic -= 1;
    // Without an answer the link stays, and somebody may ask again.
    more().catch(() => { automatic = 0; });
  },
  { rootMargin: `0px 0px ${AHEAD}` },
);

document.addEventListener("click", keep, true);

document.addEventListener("click", async (event) => {
  const leads = event.target.closest?.("a[data-more]");
  const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!leads || elsewhere || pages.length >= MOST) return;
  event.preventDefault();
  try {
    const [first] = await more();
    first?.querySelector("a")?.focus();
  } catch {
    location.assign(leads.href);
  }
});

let waiting;
addEventListener("scroll", () => {
  if (held) held.y = scrollY;
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
}, { passive: true });

const comeBack = async ({ pages: known, y }) => {
  held = { y, room: Math.max(0, y + innerHeight - document.documentElement.scrollHeight) };
  settle();
  try {
    const found = await Promise.all(known.map(fetched));
    found.forEach((page) => append(page.goods));
    pages = known;
    next = found.at(-1).next;
    automatic = Math.max(0, automatic - known.length);
  } catch {
    // No connection: the first page is there, and its link.
  }
  // The room that was kept is filled by now.
  held = null;
  settle();
};

// The live page takes the first view's place with a list of its own.
const first = document.getElementById("first-view");
if (first) {
  new MutationObserver((_, observer) => {
    if (first.isConnected) return;
    observer.disconnect();
    settle();
  }).observe(document.body, { childList: true });
}

const before = history.state?.goods;
if (before?.pages?.length) comeBack(before);
else settle();
