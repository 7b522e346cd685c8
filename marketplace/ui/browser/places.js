// Communes proposed while somebody types where goods should be brought to, in the first view and in the live page alike.
// Arrows, Enter, Escape and what a screen reader hears are those of every list of suggestions (controls.js).
(() => {
  const PAUSE = 150;
  const SHORTEST = 2;
  const isPlace = (target) => target?.dataset && "places" in target.dataset;
  let waiting;
  let request;

  // The next page, whichever it is, knows it too.
  const remember = (code) => {
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `commune=${code};path=/;max-age=31536000;samesite=lax${secure}`;
  };

  const pick = (input, place) => {
    remember(place.code);
    show(input, []);
    // The first view has nobody to answer; the page read again knows the commune.
    if (input.closest("first-view")) {
      const here = new URL(location.href);
      here.searchParams.delete("place");
      location.assign(here);
      return;
    }
    input.form.querySelector("[data-place]").value = place.code;
    input.form.requestSubmit();
    input.form.querySelector("[data-place]").value = "";
    input.value = "";
  };

  const option = (input, place) => {
    const made = document.createElement("li");
    made.id = `place-${place.code}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.className = "px-4 py-2.5 min-h-11 cursor-pointer hover:bg-base-200 aria-selected:bg-primary/15";
    const line = (text, looks) => {
      const part = document.createElement("span");
      part.className = looks;
      part.textContent = text;
      made.append(part);
    };
    line(place.name, "font-semibold block");
    line([place.province, ...place.former.slice(0, 1)].join(" · "), "text-sm text-quiet line-clamp-2");
    made.addEventListener("click", () => pick(input, place));
    return made;
  };

  const show = (input, places) => {
    const list = document.getElementById(input.getAttribute("aria-controls"));
    list.replaceChildren(...places.map((place) => option(input, place)));
    list.hidden = places.length === 0 || document.activeElement !== input;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };

  const ask = async (input) => {
    const typed = input.value.trim();
    request?.abort();
    if (typed.length < SHORTEST) { show(input, []); return; }
    request = new AbortController();
    try {
      const answer = await fetch(`/api/v1/communes?q=${encodeURIComponent(typed)}`, { signal: request.signal });
      if (answer.ok && input.value.trim() === typed) show(input, await answer.json());
    } catch (error) {
      // Cancelled by the next letter, or no connection: the form asks all the same.
      if (error.name !== "AbortError") show(input, []);
    }
  };

  document.addEventListener("input", ({ target }) => {
    if (!isPlace(target)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(target), PAUSE);
  });
  // It was loaded because somebody is in the input already.
  if (isPlace(document.activeElement)) ask(document.activeElement);
})();
