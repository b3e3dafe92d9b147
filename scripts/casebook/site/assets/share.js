/** Brings what the share menu needs when it is opened for the first time; most readers never open it. */
(function () {
  "use strict";

  const casebook = window.casebook;
  let coming = null;

  function load(address) {
    return new Promise(function (resolve, reject) {
      const script = casebook.el("script", { src: address });
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }

  function open(menu) {
    coming =
      coming ||
      menu.dataset.needs.split(" ").reduce(function (before, address) {
        return before.then(function () {
          return load(address);
        });
      }, Promise.resolve());
    coming.then(
      function () {
        casebook.share(menu);
      },
      function () {
        coming = null;
        casebook.fill(menu.querySelector("[data-share-box]"), casebook.el("p", {}, casebook.word("failed")));
      }
    );
  }

  document.querySelectorAll("[data-share]").forEach(function (menu) {
    menu.addEventListener("toggle", function () {
      if (menu.open) {
        open(menu);
      }
    });
    document.addEventListener("click", function (event) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  });
})();
