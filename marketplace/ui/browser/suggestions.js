// What the search box proposes while somebody types, and what this browser searched last, which never leaves it.
// Arrows, Enter, Escape and what a screen reader hears are those of every list of suggestions (controls.js).
(() => {
  const PAUSE = 120;
  const MOST_RECENT = 6;
  const KEY = "recent-searches";
  const say = (vi, en) => (globalThis.choQueEnglish === true ? en : vi);

  // A browser may keep nothing for us: then there is nothing recent.
  const stored = (work) => { try { return work(); } catch { return null; } };
  const recent = () => {
    const kept = stored(() => JSON.parse(localStorage.getItem(KEY)));
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
  };
  const remember = (text) => {
    const q = text.trim();
    if (q) stored(() => localStorage.setItem(KEY, JSON.stringify([q, ...recent().filter((other) => other !== q)].slice(0, MOST_RECENT))));
  };

  let waiting;
  let request;

  const element = (name, looks, text) => {
    const made = document.createElement(name);
    made.className = looks;
    if (text) made.textContent = text;
    return made;
  };

  const option = (number, text, { kind, note, picture, act }) => {
    const made = element("li", "flex items-center gap-3 min-h-12 px-4 py-1 cursor-pointer aria-selected:bg-base-200 hover:bg-base-200");
    made.id = `suggestion-${number}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    if (picture) {
      const image = element("img", "size-10 rounded-field object-cover bg-base-200 shrink-0");
      Object.assign(image, { src: picture, alt: "", width: 40, height: 40, loading: "lazy" });
      made.append(image);
    }
    made.append(element("span", "flex-1 min-w-0 truncate", text));
    if (note) made.append(element("span", "num text-sm whitespace-nowrap", note));
    if (kind) made.append(element("span", "text-xs text-quiet whitespace-nowrap", kind));
    made.addEventListener("click", act);
    return made;
  };

  const show = (input, options) => {
    const list = document.getElementById(input.getAttribute("aria-controls"));
    list.replaceChildren(...options.map(([text, rest], number) => option(number, text, rest)));
    const open = options.length > 0 && document.activeElement === input;
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    input.removeAttribute("aria-activedescendant");
  };

  const search = (input, text) => {
    input.value = text;
    input.form.requestSubmit();
  };
  const lead = (href) => () => location.assign(href);

  const showRecent = (input) => {
    const kept = recent();
    const rows = kept.map((text) => [text, { kind: say("Đã tìm", "Searched"), act: () => search(input, text) }]);
    const clear = () => {
      stored(() => localStorage.removeItem(KEY));
      show(input, []);
    };
    show(input, rows.length ? [...rows, [say("Xóa những gì đã tìm", "Clear recent searches"), { act: clear }]] : []);
  };

  const ask = async (input, q) => {
    request?.abort();
    request = new AbortController();
    try {
      // Where the list is of what reaches a commune, so is what is proposed.
      const near = new URLSearchParams(location.search).get("deliver_to") ?? "";
      const asked = new URLSearchParams(near ? { q, near } : { q });
      const answer = await fetch(`/api/v1/suggestions?${asked}`, { signal: request.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      if (input.value.trim() !== q) return;
      show(input, [
        ...found.queries.map((text) => [text, { act: () => search(input, text) }]),
        ...found.products.map(({ name, href, price_text, picture }) => [name, { note: price_text, picture, act: lead(href) }]),
        ...found.categories.map(({ name, href }) => [name, { kind: say("Danh mục", "Category"), act: lead(href) }]),
        ...found.stores.map(({ name, href }) => [name, { kind: say("Gian hàng", "Shop"), act: lead(href) }]),
      ]);
    } catch (error) {
      // Cancelled by the next letter, or no connection: the plain form searches all the same.
      if (error.name !== "AbortError") show(input, []);
    }
  };

  const propose = (input, pause) => {
    clearTimeout(waiting);
    const q = input.value.trim();
    if (!q) {
      request?.abort();
      showRecent(input);
    } else waiting = setTimeout(() => ask(input, q), pause);
  };

  const isSearch = (target) => target?.dataset && "suggest" in target.dataset;
  document.addEventListener("focusin", ({ target }) => { if (isSearch(target)) propose(target, 0); });
  document.addEventListener("input", ({ target }) => { if (isSearch(target)) propose(target, PAUSE); });
  document.addEventListener("focusout", ({ target }) => {
    if (!isSearch(target)) return;
    clearTimeout(waiting);
    request?.abort();
  });
  document.addEventListener("submit", ({ target }) => {
    const input = target.querySelector?.("[data-suggest]");
    if (!input) return;
    clearTimeout(waiting);
    request?.abort();
    remember(input.value);
  });
  // It was loaded because somebody is in the box already.
  if (isSearch(document.activeElement)) propose(document.activeElement, 0);
})();
