// What the controls of a page do by themselves: quantities, lists of suggestions, copying, colours, and
// keeping what was typed when the language changes. It listens to the document, so that it works in the first view
// and in the live page alike.
(() => {
  const read = (text) => Math.round(Number(String(text).trim().replace(",", ".")) * 1000);
  const write = (thousandths) => {
    const plain = String(thousandths / 1000);
    return globalThis.choQueEnglish === true ? plain : plain.replace(".", ",");
  };
  const money = (dong) => `${String(dong).replace(/\B(?=(\d{3})+$)/g, ".")}\u00a0₫`;

  const tell = (input) => {
    const place = input.form?.querySelector("[data-total-of]");
    if (!place) return;
    const quantity = read(input.value);
    let price = Number(place.dataset.totalOf);
    for (const tier of (place.dataset.tiers ?? "").split(" ").filter(Boolean)) {
      const [from, lower] = tier.split(":").map(Number);
      if (quantity >= from) price = Math.min(price, lower);
    }
    place.textContent = quantity > 0 ? money(Math.floor((price * quantity + 500) / 1000)) : "";
  };

  const put = (input, quantity) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    set.call(input, write(quantity));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const step = (input, up) => {
    const { by, least, most } = input.dataset;
    const [width, lowest, highest] = [read(by) || 1000, read(least) || 0, read(most)];
    const now = read(input.value);
    let next = Number.isFinite(now) ? (up ? Math.floor(now / width) + 1 : Math.ceil(now / width) - 1) * width : lowest;
    if (next > highest) next = Math.floor(highest / width) * width;
    put(input, Math.max(next, lowest));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-step]");
    const input = button?.parentElement.querySelector("input[data-by]");
    if (input) step(input, button.dataset.step === "up");
  });
  document.addEventListener("input", (event) => {
    if (event.target.dataset?.by) tell(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.dataset?.by || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    step(event.target, event.key === "ArrowUp");
  });

  // Suggestions under an input: arrows choose, Enter takes, Escape closes.
  const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
  const optionsOf = (list) => (list && !list.hidden ? [...list.querySelectorAll("[role=option]")] : []);
  const mark = (input, option) => {
    for (const other of optionsOf(listOf(input))) other.setAttribute("aria-selected", String(other === option));
    if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const close = (input) => {
    const list = listOf(input);
    if (!list) return;
    mark(input, null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };
  const isCombobox = (target) => target.getAttribute?.("aria-autocomplete") === "list";

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isCombobox(input) || event.isComposing) return;
    const list = listOf(input);
    if (event.key === "Escape" && optionsOf(list).length) { event.preventDefault(); close(input); return; }
    if (list?.hidden && event.key === "ArrowDown") { list.hidden = false; input.setAttribute("aria-expanded", "true"); }
    const options = optionsOf(list);
    if (!options.length) return;
    const at = options.findIndex((option) => option.id === input.getAttribute("aria-activedescendant"));
    if (event.key === "ArrowDown") mark(input, options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") mark(input, options[(at <= 0 ? options.length : at) - 1]);
    else if (event.key === "Enter" && (at >= 0 || !("suggest" in input.dataset))) (options[at] ?? options[0]).click();
    else return;
    event.preventDefault();
  }, true);
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!isCombobox(input)) return;
    mark(input, null);
    const list = listOf(input);
    if (list?.hidden) { list.hidden = false; input.setAttribute("aria-expanded", "true"); }
    // On a phone the list needs the room between the header and what stands at the bottom.
    if (innerWidth < 768 && !input.closest("header")) input.scrollIntoView({ block: "start" });
  });
  document.addEventListener("focusin", (event) => {
    const list = isCombobox(event.target) ? listOf(event.target) : null;
    if (list?.hidden) { list.hidden = false; event.target.setAttribute("aria-expanded", "true"); }
  });
  // A finger on a suggestion must not take the keyboard away before it is picked.
  document.addEventListener("mousedown", (event) => { if (event.target.closest?.("[role=listbox]")) event.preventDefault(); });
  document.addEventListener("focusout", (event) => { if (isCombobox(event.target)) close(event.target); });

  // A button worked by keyboard may be gone with its answer; the page's heading takes the focus, so that it is not lost.
  document.addEventListener("click", (event) => {
    const button = event.detail === 0 && event.target.closest?.("main button");
    if (!button) return;
    const watch = new MutationObserver(() => {
      if (button.isConnected) return;
      watch.disconnect();
      if (document.activeElement !== document.body) return;
      const heading = document.querySelector("main h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 5000);
  });

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const carrier = document.createElement("textarea");
    carrier.value = text;
    document.body.append(carrier);
    carrier.select();
    document.execCommand("copy");
    carrier.remove();
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const label = button.querySelector("[data-done]");
    const before = label.textContent;
    if (before === label.dataset.done) return;
    await copy(new URL(button.dataset.copy, location.href).href);
    label.textContent = label.dataset.done;
    setTimeout(() => { label.textContent = before; }, 2500);
  });

  // The phone's own sheet for sharing has every app on it; the links beside its button are for everybody else.
  if (navigator.share) document.documentElement.dataset.shares = "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-share]");
    if (!button) return;
    const text = document.querySelector("main h1")?.textContent;
    navigator.share({ title: text, text, url: new URL(button.dataset.share, location.href).href }).catch(() => { /* put away */ });
  });

  // Colours change in place; the cookie tells the server for the next page. The language needs the page anew.
  const TYPED = "typed";
  const fields = () => [...document.querySelectorAll("main input[name], main textarea[name], main select[name]")]
    .filter((field) => !["password", "hidden", "file", "radio", "checkbox"].includes(field.type) && !isCombobox(field));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="/preferences?"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const theme = new URL(link.href).searchParams.get("theme");
    if (!theme) {
      const typed = fields().map((field) => [field.name, field.value]).filter(([, value]) => value);
      try { sessionStorage.setItem(TYPED, JSON.stringify([location.pathname, typed])); } catch { /* storage is off */ }
      return;
    }
    event.preventDefault();
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax${secure}`;
    document.documentElement.classList.remove("light", "dark");
    document.documentElement.classList.add(theme);
    document.documentElement.style.colorScheme = theme;
  });

  // Who goes on from a page whose address names the language wants the next one in it too.
  document.addEventListener("click", (event) => {
    const named = new URLSearchParams(location.search).get("lang");
    const link = event.target.closest?.('a[href^="/"]');
    if (!link || !/^(vi|en)$/.test(named) || link.pathname === "/preferences" || /(^|; )language=/.test(document.cookie)) return;
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `language=${named};path=/;max-age=31536000;samesite=lax${secure}`;
  });

  const typeAgain = () => {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(TYPED) ?? "null"); sessionStorage.removeItem(TYPED); } catch { return; }
    if (!kept || kept[0] !== location.pathname) return;
    const left = new Map(kept[1]);
    const fill = () => {
      for (const field of fields()) {
        if (!left.has(field.name)) continue;
        const kind = Object.getPrototypeOf(field);
        Object.getOwnPropertyDescriptor(kind, "value").set.call(field, left.get(field.name));
        field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
        left.delete(field.name);
      }
      return left.size === 0;
    };
    if (fill()) return;
    // The fields come with the live page.
    const watch = new MutationObserver(() => { if (fill()) watch.disconnect(); });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 15000);
  };
  typeAgain();
})();
