// Runs in <head> before anything is drawn, so that a chosen colour scheme never flashes and nothing jumps.
(function () {
  "use strict";
  const root = document.documentElement;
  const key = "casebook.scheme";
  root.classList.replace("no-js", "js");

  function stored() {
    try { return localStorage.getItem(key); } catch { return null; }
  }
  function scheme() {
    return root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }
  // A claim that the address names is opened before anything shows, so that nothing moves under the reader's eyes.
  if (location.hash.length > 1) {
    root.classList.add("is-seeking");
    addEventListener("load", () => root.classList.remove("is-seeking"));
  }
  const chosen = stored();
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;

  document.addEventListener("DOMContentLoaded", function () {
    const button = document.querySelector("[data-scheme-toggle]");
    if (!button) return;
    const name = () => button.setAttribute("aria-label", scheme() === "dark" ? button.dataset.light : button.dataset.dark);
    button.addEventListener("click", function () {
      root.dataset.scheme = scheme() === "dark" ? "light" : "dark";
      try { localStorage.setItem(key, root.dataset.scheme); } catch { /* private window: holds for this page */ }
      name();
    });
    name();
  });
})();
