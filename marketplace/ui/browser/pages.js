// What pages of the live app share.
import { createElement, useEffect, useLayoutEffect } from "react";
import { useNavigate } from "react-router";

/** Takes the first view away before the browser paints the live content, keeping what was typed in it. */
export function FirstViewEnd() {
  useLayoutEffect(() => {
    const first = document.getElementById("first-view");
    if (!first) return;
    const active = document.activeElement;
    for (const typed of first.querySelectorAll("input[name],textarea[name],select[name]")) {
      const twin = [...document.getElementsByName(typed.name)].find((field) => !first.contains(field));
      if (!twin || typed.type === "hidden") continue;
      if (typed.type === "checkbox" || typed.type === "radio") { twin.checked = typed.checked; }
      else if (typed.value !== typed.defaultValue) {
        const prototype = Object.getPrototypeOf(twin);
        Object.getOwnPropertyDescriptor(prototype, "value").set.call(twin, typed.value);
        twin.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (typed === active) {
        twin.focus({ preventScroll: true });
        if (twin.setSelectionRange && typed.selectionStart !== null) {
          twin.setSelectionRange(typed.selectionStart, typed.selectionEnd);
        }
      }
    }
    first.remove();
  }, []);
  return null;
}

/** Placed in a step of a page: when the step appears the page starts at its heading. */
export function ArriveAtTop() {
  useLayoutEffect(() => {
    globalThis.scrollTo(0, 0);
    document.querySelector("#main h1")?.focus({ preventScroll: true });
  }, []);
  return null;
}

/** Placed in a form: when it is refused, leads to the first field with something to mend. */
export function FirstProblem({ problems }) {
  useEffect(() => {
    if (!Object.keys(problems ?? {}).length) return;
    const said = [...document.querySelectorAll("[id^=problem-]")].find((place) => place.textContent !== "");
    if (!said) return;
    const field = document.querySelector(`[aria-describedby~="${CSS.escape(said.id)}"]`);
    (field ?? said).scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }, [problems]);
  return null;
}

/** A link that keeps the app running. */
export function InnerLink({ to, onClick, ...properties }) {
  const navigate = useNavigate();
  const follow = (event) => {
    onClick?.(event);
    const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || elsewhere) return;
    event.preventDefault();
    navigate(to, { replace: to === location.pathname + location.search });
  };
  return createElement("a", { ...properties, href: to, onClick: follow });
}
