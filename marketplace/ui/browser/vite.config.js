// Takes the place of the configuration Reflex writes: the pages as one client-side app, without React Router's framework
// mode, whose server half, data loading and prerendering no page of ours uses (docs/decisions/0009-weight.md).
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

// What a new version of the app seldom changes keeps its address, and every page needs all of it.
const PACKAGES = "react|react-dom|scheduler|react-router|@?socket\\.io[^/]*|engine\\.io[^/]*";
const LASTING = new RegExp(`node_modules/(${PACKAGES})/|utils/(state|context-registry|helpers/\\w+)\\.js|browser/(pages|debounce)\\.js|rolldown/runtime`);

// Engine.IO brings three transports; the server takes one.
const webSocketOnly = {
  name: "web-socket-only",
  enforce: "pre",
  resolveId(source, importer) {
    if (!importer?.includes("engine.io-client") || source !== "./transports/index.js") return null;
    return at("./browser/transports.js");
  },
};

// The rest of Reflex's own description says when it was compiled, which would give every build another address.
const versionOnly = {
  name: "version-only",
  enforce: "pre",
  load(id) {
    if (id !== at("./reflex.json")) return null;
    return { code: `export default ${JSON.stringify({ version: JSON.parse(readFileSync(id, "utf-8")).version })}`, moduleType: "js" };
  },
};

// Reflex tells whoever has an older page so in English and in looks of its own.
const newVersion = {
  name: "new-version",
  enforce: "pre",
  transform(code, id) {
    if (id !== at("./utils/state.js")) return null;
    const begins = "const showNewVersionBanner = () => {";
    if (!code.includes(begins)) this.error("Reflex says otherwise now that a page is of an older version; see utils/state.js");
    const text = 'globalThis.choQueEnglish ? "There is a new version. Copy what you are typing, then load the page again."' +
      ' : "Chợ có phiên bản mới. Hãy chép lại những gì đang gõ dở rồi tải lại trang."';
    const said = `document.dispatchEvent(new CustomEvent("notice", { detail: { text: ${text}, again: true } })); return;`;
    return { code: code.replace(begins, `${begins} ${said}`), map: null };
  },
};

// Names for developer tools keep links, forms and prefetching in the bundle that nothing imports.
const unnamed = {
  name: "unnamed",
  transform(code, id) {
    if (!id.includes("/react-router/")) return null;
    return {
      code: code
        .replace(/^\w+\.displayName = "[^"]*";$/gm, "")
        .replace(/^(const \w+ = )(React\$1\.forwardRef\()/gm, "$1/* @__PURE__ */ $2"),
      map: null,
    };
  },
};

// Emotion is left out (browser/elements.js).
const noStyles = {
  name: "no-styles",
  enforce: "pre",
  transform(code, id) {
    if (id.includes("app_components") || id.includes("app/routes")) {
      const style = /\bcss:\(\{.{0,80}/.exec(code);
      if (style) this.error(`${style[0]}: an element's looks are classes, its attributes are properties Reflex knows`);
    }
    return null;
  },
};

// Vite's own helper also loads styles and answers for browsers that know no module preloading: 0.7 kB before anything works.
const preloading = {
  name: "preloading",
  enforce: "pre",
  load(id) {
    if (id !== "\0vite/preload-helper.js") return null;
    return `export const __vitePreload = (load, parts = []) => {
      for (const part of parts) {
        const href = "/" + part;
        if (document.querySelector('link[href="' + href + '"]')) continue;
        document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
      }
      return load();
    }`;
  },
};

export default defineConfig({
  plugins: [webSocketOnly, versionOnly, newVersion, unnamed, noStyles, preloading],
  build: {
    outDir: "build/client",
    assetsInlineLimit: 0,
    manifest: "built.json",
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { app: at("./browser/app.js"), early: at("./browser/early.js") },
      treeshake: { moduleSideEffects: [{ test: /engine\.io-client.*polling/, sideEffects: false }] },
      onwarn(warning, warn) {
        // Reflex can run code a server sends; the content security policy forbids it to.
        if (warning.code !== "EVAL") warn(warning);
      },
      output: { codeSplitting: { groups: [{ name: "lasting", test: LASTING }] } },
    },
  },
  resolve: {
    mainFields: ["browser", "module", "jsnext"],
    alias: [
      { find: "$/env.json", replacement: at("./browser/addresses.js") },
      { find: "@emotion/react", replacement: at("./browser/elements.js") },
      { find: "mergician", replacement: at("./browser/merging.js") },
      { find: "react-debounce-input", replacement: at("./browser/debounce.js") },
      { find: "universal-cookie", replacement: at("./browser/cookies.js") },
      { find: "$", replacement: at("./") },
    ],
  },
});
