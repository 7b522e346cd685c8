// What pages need beside the live app, and before it: steppers, forms that answer without leaving the page, uploads.
// Everything here works in the first view and in the live page alike; forms work without it too.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const input = button && button.parentElement.querySelector("input[type=number]");
  if (!input) return;
  if (button.dataset.step === "up") input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

(() => {
  const english = () => globalThis.choQueEnglish === true;
  const say = (vi, en) => (english() ? en : vi);
  const OFFLINE = () => say("Mất kết nối. Những gì bạn gõ vẫn còn, hãy thử lại.", "No connection. What you typed is still here; try again.");

  const show = (form, field, text) => {
    const place = form.querySelector(`#problem-${CSS.escape(field)}`) || form.querySelector("#problem-form");
    if (place) place.textContent = text;
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
      if (answer.ok) { location.assign(data.next || "/"); return; }
      for (const problem of data.problems || [data]) show(form, problem.field || "form", problem.title);
      form.querySelector("[id^=problem-]:not(:empty)")?.scrollIntoView({ block: "center" });
    } catch { show(form, "form", OFFLINE()); }
    button.disabled = false;
  });

  const upload = (input, file) => new Promise((done) => {
    const line = document.createElement("li");
    const bar = document.createElement("progress");
    const word = document.createElement("span");
    bar.max = 1; bar.value = 0; bar.className = "progress progress-primary w-full";
    word.className = "text-sm block"; word.textContent = file.name;
    line.append(word, bar);
    document.querySelector(input.dataset.progress)?.append(line);
    const body = new FormData();
    body.append("picture", file);
    const request = new XMLHttpRequest();
    request.open("POST", input.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (step) => { if (step.lengthComputable) bar.value = step.loaded / step.total; };
    request.onloadend = () => {
      if (request.status === 201) { line.remove(); }
      else {
        let reason = OFFLINE();
        try { reason = JSON.parse(request.responseText).title || reason; } catch { /* not our answer: the network's */ }
        bar.remove();
        word.textContent = `${file.name}: ${reason}`;
        word.className = "text-sm text-error font-semibold block";
        word.setAttribute("role", "alert");
      }
      done();
    };
    request.send(body);
  });

  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset.upload) return;
    const files = [...input.files];
    input.value = "";
    for (const file of files) await upload(input, file);
    document.querySelector(input.dataset.refresh)?.click();
  });
})();
