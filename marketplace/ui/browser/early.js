// What pages need beside the live app, and before it: controls, forms that answer without leaving the page, uploads.
// Everything here works in the first view and in the live page alike; forms work without it too.
import "./controls.js";

// What the search box proposes, and communes, are fetched when somebody goes into their inputs, not with every page.
document.addEventListener("focusin", ({ target }) => {
  if (target.dataset && "suggest" in target.dataset) import("./suggestions.js");
  if (target.dataset && "places" in target.dataset) import("./places.js");
});

// A list that goes on grows, and is as it was when one comes back to it.
if (document.querySelector("a[data-more]")) import("./growing.js");
// So are the pictures' arrows, counter and large view, once a finger, a mouse or a keyboard comes to them.
const pictures = ({ target }) => target.closest?.("[data-gallery], [data-picture]") && import("./gallery.js");
for (const coming of ["pointerover", "focusin"]) document.addEventListener(coming, pictures);
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-zoom]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  (await import("./gallery.js")).enlarge(link);
});

// Without a connection what was seen before stays to be seen; what for is fetched once the page has all it needs itself.
const offline = (then) => import("./offline.js").then(then, () => { /* no connection, and not kept yet */ });
if (document.documentElement.dataset.offline !== undefined || !navigator.onLine) offline((it) => it.tell());
addEventListener("offline", () => offline((it) => it.tell()));
addEventListener("load", () => setTimeout(() => offline((it) => it.register()), 1500));

(() => {
  const english = () => globalThis.choQueEnglish === true;
  const say = (vi, en) => (english() ? en : vi);
  const OFFLINE = () => say("Mất kết nối. Những gì bạn gõ vẫn còn, hãy thử lại.", "No connection. What you typed is still here; try again.");

  const LATE = () => say(
    "Chưa thấy trả lời. Những gì bạn gõ vẫn còn; hãy xem lại kết nối rồi thử lại.",
    "No answer yet. What you typed is still here; check the connection, then try again.",
  );

  // Buttons that wait for an answer, each with what lets it go.
  const resting = new Set();

  // Words above whatever page is open; they stay until they are put away, the person sends again or goes elsewhere.
  const notice = ({ text, again, enter } = {}) => {
    document.getElementById("notice")?.remove();
    if (!text) return;
    const bar = document.createElement("div");
    bar.id = "notice";
    bar.setAttribute("role", "alert");
    bar.className = "fixed top-2 inset-x-2 z-50 max-w-xl mx-auto flex items-center gap-2 p-3 rounded-box bg-warning text-warning-content text-sm shadow-lg";
    const words = document.createElement("p");
    words.className = "flex-1";
    words.textContent = text;
    const button = (label, looks, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.className = looks;
      made.addEventListener("click", act);
      return made;
    };
    bar.append(words);
    const way = (label, act) => bar.append(button(label, "btn btn-sm min-h-11", act));
    if (again) way(say("Tải lại", "Load again"), () => location.reload());
    if (enter)
      way(say("Đăng nhập", "Sign in"), () =>
        location.assign(`/account/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`),
      );
    const away = button("✕", "btn btn-ghost size-11 min-h-11 p-0 rounded-full", () => bar.remove());
    away.setAttribute("aria-label", say("Đóng thông báo", "Put this message away"));
    bar.append(away);
    document.body.append(bar);
  };
  document.addEventListener("notice", ({ detail }) => {
    notice(detail || {});
    if (detail) resting.forEach((free) => free());
  });
  document.addEventListener("submit", () => notice());

  const show = (form, field, text) => {
    const place = form.querySelector(`#problem-${CSS.escape(field)}`) || form.querySelector("#problem-form");
    if (place) place.textContent = text;
  };

  const about = (place) => document.querySelector(`[aria-describedby~="${CSS.escape(place.id)}"]`);
  // Says of every input whether it is wrong, and leads to the first one that is.
  const mark = (form) => {
    const places = [...form.querySelectorAll("[id^=problem-]")];
    for (const place of places) about(place)?.setAttribute("aria-invalid", String(place.textContent !== ""));
    const first = places.find((place) => place.textContent);
    first?.scrollIntoView({ block: "center" });
    if (first) about(first)?.focus({ preventScroll: true });
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-fetch")) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    form.querySelectorAll("[id^=problem-]").forEach((place) => { place.textContent = ""; });
    const body = new URLSearchParams(new FormData(form));
    const next = new URLSearchParams(location.search).get("next");
    if (next) body.set("next", next);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const data = await answer.json();
      // Whoever leaves takes along what this browser alone remembers; pages and pictures go by the service worker.
      if (answer.ok && form.action.endsWith("/sign-out")) { try { localStorage.clear(); } catch { /* storage is off */ } }
      if (answer.ok) { location.assign(data.next || "/"); return; }
      for (const problem of data.problems || [data]) show(form, problem.field || "form", problem.title);
      mark(form);
    } catch { show(form, "form", OFFLINE()); }
    button.disabled = false;
  });

  // A form that the live app answers: its button rests until then, so that a second tap sends nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.once === undefined) return;
    const button = event.submitter || form.querySelector("button[type=submit]");
    const problems = () => form.querySelectorAll("[id^=problem-]");
    const free = () => {
      button.disabled = false;
      button.removeAttribute("aria-busy");
      answered.disconnect();
      clearTimeout(late);
      resting.delete(free);
    };
    const answered = new MutationObserver(() => {
      free();
      mark(form);
    });
    const late = setTimeout(() => {
      free();
      // A form that was drawn anew was answered: the observer looked at the old one.
      if (form.isConnected) notice({ text: LATE() });
    }, 15000);
    resting.add(free);
    problems().forEach((place) => { place.hidden = false; });
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    answered.observe(form, { attributes: true, attributeFilter: ["data-once"] });
  });

  // What is wrong with an input goes out of sight once it is being mended.
  document.addEventListener("input", (event) => {
    const place = event.target.form?.dataset.once !== undefined && document.getElementById(`problem-${event.target.id}`);
    if (!place) return;
    place.hidden = true;
    event.target.setAttribute("aria-invalid", "false");
  });

  // Inputs that save themselves when left: the phone's "done" leaves them.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.dataset?.quick !== undefined) { event.preventDefault(); event.target.blur(); }
  });

  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.dataset.upload === undefined) return;
    const files = [...input.files];
    input.value = "";
    (await import("./photos.js")).take(input, files);
  });

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-locate]");
    if (button) (await import("./locating.js")).locate(button);
  });
})();
