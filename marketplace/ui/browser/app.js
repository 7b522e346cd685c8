// The live app: Reflex's state and socket around the page of this address, mounted beside the first view.
import { Component, Suspense, createElement, lazy, useContext, useLayoutEffect } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Outlet, Route, Routes, useLocation, useNavigationType } from "react-router";
import pages from "$/app/__reflex_embed_manifest";
import { EventLoopContext, EventLoopProvider, StateProvider, addEvents, exception_state_name } from "$/utils/context";
import { ReflexEvent, refs } from "$/utils/state";
import "$/styles/__reflex_global_styles.css";

const say = (vi, en) => (globalThis.choQueEnglish ? en : vi);

const notice = (detail) => document.dispatchEvent(new CustomEvent("notice", { detail }));
// What the server says whatever page is open (ui/faults.py).
refs.ref_notice = { current: { set value(said) { notice(said); } } };

// After a new version was put in place an open page may ask for parts that are gone; the server has the whole new page.
const page = (load) =>
  lazy(async () => {
    try {
      return await load();
    } catch (error) {
      if (document.getElementById("first-view")) throw error;
      location.reload();
      return { default: () => null };
    }
  });

class Mishap extends Component {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  componentDidCatch(error, { componentStack }) {
    addEvents([
      ReflexEvent(`${exception_state_name}.handle_frontend_exception`, {
        info: `${error?.name}: ${error?.message}\n${error?.stack}`,
        component_stack: componentStack,
      }),
    ]);
  }

  render() {
    if (!this.state.failed) return this.props.children;
    // A first view still in place reads and leads on without the app.
    if (document.getElementById("first-view")) return null;
    return createElement(
      "div",
      { role: "alert", className: "max-w-2xl mx-auto p-8 space-y-4 text-center" },
      createElement(
        "p",
        { className: "font-semibold" },
        say("Trang này gặp lỗi ở phía chúng tôi.", "Something went wrong on this page, on our side."),
      ),
      createElement(
        "button",
        { type: "button", className: "btn btn-primary min-h-11", onClick: () => location.reload() },
        say("Tải lại trang", "Load the page again"),
      ),
      createElement("a", { href: "/", className: "link block" }, say("Về trang chủ", "To the home page")),
    );
  }
}

function Connection() {
  const [, errors] = useContext(EventLoopContext);
  // A socket that was turned away says why (ui/sockets.py); it is tried again all the same.
  const reason = errors.at(-1)?.data?.text;
  // A single failure mends itself before anybody could read of it.
  // The browser knows by itself, and it has been said (offline.js).
  if ((errors.length < 2 && !reason) || document.getElementById("offline")) return null;
  return createElement(
    "p",
    {
      role: "status",
      className: "fixed top-0 inset-x-0 z-50 bg-warning text-warning-content text-sm text-center p-2 shadow-lg",
    },
    reason || say("Mất kết nối, đang thử lại…", "No connection, trying again…"),
  );
}

function House() {
  const { key } = useLocation();
  const arrival = useNavigationType();
  useLayoutEffect(() => {
    if (arrival !== "POP") scrollTo(0, 0);
    notice();
  }, [key, arrival]);
  return createElement(
    StateProvider,
    null,
    createElement(
      EventLoopProvider,
      null,
      createElement(Mishap, null, createElement(Connection), createElement(Suspense, null, createElement(Outlet))),
    ),
  );
}

const routes = pages.map(({ path, load }) =>
  createElement(Route, { key: path, index: path === "", path: path || undefined, Component: page(load) }),
);

// An old page, shown without a connection, is read only; with one it is loaded anew (offline.js).
if (document.documentElement.dataset.offline === undefined) {
  createRoot(document.getElementById("live")).render(
    createElement(
      BrowserRouter,
      null,
      createElement(Routes, null, createElement(Route, { Component: House }, ...routes)),
    ),
  );
}
