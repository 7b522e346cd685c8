// Without a connection: says so above the page, lists what was seen, and lets the service worker keep it in the first place.
const say = (vi, en) => (globalThis.choQueEnglish === true ? en : vi);
const root = document.documentElement;
const ASK_FIRST = 1_000;
const ASK_AGAIN = 10_000;
const LEAVING = 30_000;

const two = (number) => String(number).padStart(2, "0");
const moment = (at) => {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())} ${two(time.getDate())}/${two(time.getMonth() + 1)}/${time.getFullYear()}`;
};

// Whoever is on the way to another page is not called back to this one.
let leftAt = -LEAVING;
addEventListener("beforeunload", () => { leftAt = performance.now(); });
const again = () => { if (performance.now() - leftAt > LEAVING) location.reload(); };

const words = () => {
  const since = Number(root.dataset.offline);
  if (since) {
    return say(
      `Bạn đang ngoại tuyến. Đây là trang như bạn thấy lúc ${moment(since)}; giá và số hàng còn có thể đã khác.`,
      `You are offline. This is the page as you saw it at ${moment(since)}; prices and stock may have changed.`,
    );
  }
  return say(
    "Bạn đang ngoại tuyến. Trang đang mở vẫn đọc được; có mạng lại thì đặt hàng và lưu được.",
    "You are offline. The open page stays readable; ordering and saving work once you are connected again.",
  );
};

const put = () => document.getElementById("offline")?.remove();

// The pages that are kept, those seen last first.
const listSeen = async () => {
  const list = document.querySelector("[data-seen]");
  if (!list || !globalThis.caches) return;
  const rows = [];
  for (const name of (await caches.keys()).filter((name) => name.startsWith("pages-"))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const html = await (await cache.match(request, { ignoreVary: true })).text();
      const title = new DOMParser().parseFromString(html.slice(0, html.indexOf("</head>")), "text/html").title;
      rows.unshift([request.url, title]);
    }
  }
  const links = rows.slice(0, 12).map(([address, title]) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title.replace(/ · Chợ Quê$/, "");
    link.className = "link text-primary inline-flex items-center min-h-11";
    line.append(link);
    return line;
  });
  list.replaceChildren(...links);
  list.parentElement.hidden = links.length === 0;
};

/** Say that there is no connection, until there is one. */
export const tell = () => {
  if (document.getElementById("offline")) return;
  const bar = document.createElement("p");
  bar.id = "offline";
  bar.setAttribute("role", "status");
  bar.className = "bg-warning text-warning-content text-sm p-3 flex flex-wrap items-center justify-center gap-x-3";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "underline font-semibold min-h-11";
  button.textContent = say("Thử lại", "Try again");
  button.addEventListener("click", again);
  bar.append(words(), button);
  document.body.prepend(bar);
  if (root.dataset.offline === undefined) return;
  listSeen();
  // A form sent now would lead to the browser's own page of trouble.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = say("Chưa có mạng nên chưa gửi được. Có mạng lại, trang tự mở lại rồi bạn làm tiếp.", "Not sent: there is no connection. The page opens again by itself once there is; then go on.");
    document.dispatchEvent(new CustomEvent("notice", { detail: { text } }));
  }, true);
  addEventListener("online", again);
  const ask = async () => {
    try { if ((await fetch("/healthz", { cache: "no-store" })).ok) again(); } catch { /* not yet */ }
  };
  // A connection that came back while the copy was opening told nobody.
  setTimeout(ask, ASK_FIRST);
  // A browser may be online and the market out of reach: it is asked now and then.
  setInterval(ask, ASK_AGAIN);
};
addEventListener("online", () => { if (root.dataset.offline === undefined) put(); });

/** Have public pages kept from now on, this one first. */
export const register = async () => {
  if (!navigator.serviceWorker || root.dataset.offline !== undefined) return;
  try {
    const first = !navigator.serviceWorker.controller;
    await navigator.serviceWorker.register("/service-worker.js");
    if (!first) return;
    const { active } = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
    active.postMessage({ seen: [location.href.split("#")[0], ...new Set(parts)] });
  } catch { /* a browser that keeps nothing works all the same */ }
};
