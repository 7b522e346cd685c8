// Keeps what was seen for when there is no connection: parts of the app, public pages, pictures. Nothing of a person:
// what it does with which address is decided in docs/decisions/0017-offline.md. The build fills in RELEASE and SHELL.
const RELEASE = "__RELEASE__";
const SHELL = __SHELL__;
const PARTS = `parts-${RELEASE}`;
const PAGES = `pages-${RELEASE}`;
const PICTURES = "pictures";
const MOST_PAGES = 40;
const MOST_PICTURES = 150;
const DAY = 24 * 3600 * 1000;
const PAGES_LAST = 7 * DAY;
const PICTURES_LAST = 30 * DAY;
const OFFLINE = "/offline";
const KEPT_AT = "x-kept-at";
const PUBLIC = /^\/(?:(?:search|statistics|help)?$|(?:c|p|s|help)\/)/;
const PICTURE = /^\/media\/[0-9a-f]{32}-/;
const FILE = /^\/(?:icons\/|icon\.svg$|no-picture\.svg$|manifest\.webmanifest$)/;

const keep = async (name, address, answer, most) => {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, String(Date.now()));
  headers.delete("content-encoding");
  headers.delete("content-length");
  const body = await answer.blob();
  const cache = await caches.open(name);
  // Taken out first, so that the oldest stands first.
  await cache.delete(address, { ignoreVary: true });
  await cache.put(address, new Response(body, { status: answer.status, headers }));
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - most)).map((old) => cache.delete(old, { ignoreVary: true })));
};

const find = async (name, address, lasts) => {
  const found = await (await caches.open(name)).match(address, { ignoreVary: true });
  return found && Date.now() - Number(found.headers.get(KEPT_AT)) < lasts ? found : null;
};

const isPage = (answer) => answer.ok && !answer.redirected && (answer.headers.get("content-type") ?? "").startsWith("text/html");

const keepOfflinePage = async () => {
  const answer = await fetch(OFFLINE, { cache: "no-cache" });
  if (isPage(answer)) await (await caches.open(PARTS)).put(OFFLINE, answer);
};

// The page says by itself that it is an old one (browser/offline.js).
const asOld = async (answer) => {
  const since = answer.headers.get(KEPT_AT) ?? "";
  const html = (await answer.text()).replace("<html ", `<html data-offline="${since}" `);
  return new Response(html, { headers: answer.headers });
};

const page = async (event, url) => {
  const seen = PUBLIC.test(url.pathname);
  try {
    const answer = await fetch(event.request);
    if (seen && isPage(answer)) event.waitUntil(keep(PAGES, url.href, answer.clone(), MOST_PAGES));
    // Another language or other colours: the page for later in them too.
    if (url.pathname === "/preferences") event.waitUntil(keepOfflinePage().catch(() => {}));
    return answer;
  } catch (error) {
    const old = seen && await find(PAGES, url.href, PAGES_LAST);
    if (old) return asOld(old);
    const offline = await caches.match(OFFLINE, { ignoreVary: true });
    if (!offline) throw error;
    return asOld(offline);
  }
};

// What is named after its content never changes.
const part = async (request) => {
  const cache = await caches.open(PARTS);
  const known = await cache.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
};

const picture = async (event, address) => {
  const known = await find(PICTURES, address, PICTURES_LAST);
  if (known) return known;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(keep(PICTURES, address, answer.clone(), MOST_PICTURES).catch(() => {}));
  return answer;
};

const file = async (event) => {
  const cache = await caches.open(PARTS);
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()));
    return answer;
  } catch (error) {
    const known = await cache.match(event.request, { ignoreVary: true });
    if (!known) throw error;
    return known;
  }
};

const forget = () => Promise.all([caches.delete(PAGES), caches.delete(PICTURES)]);

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.method !== "GET") {
    if (url.pathname === "/account/sign-out") event.waitUntil(forget());
    return;
  }
  if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(part(event.request));
  else if (PICTURE.test(url.pathname)) event.respondWith(picture(event, url.href));
  else if (FILE.test(url.pathname)) event.respondWith(file(event));
});

// The first page of all was there before this worker: it tells what it is made of.
const taken = async (addresses) => {
  for (const address of addresses) {
    const url = new URL(address);
    if (url.origin !== location.origin) continue;
    if (url.pathname.startsWith("/assets/")) await part(address);
    else if (PICTURE.test(url.pathname)) await keep(PICTURES, address, await fetch(address), MOST_PICTURES);
    else if (PUBLIC.test(url.pathname)) {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (isPage(answer)) await keep(PAGES, address, answer, MOST_PAGES);
    }
  }
};
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.seen)) event.waitUntil(taken(event.data.seen).catch(() => {}));
});

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await (await caches.open(PARTS)).addAll(SHELL);
    await keepOfflinePage();
    await self.skipWaiting();
  })());
});

// A new release brings new parts, for which old pages were not made.
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const now = [PARTS, PAGES, PICTURES];
    await Promise.all((await caches.keys()).filter((name) => !now.includes(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});
