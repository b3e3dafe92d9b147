/** Working in portions, so that whoever is typing never waits. Runs in Node too, for tests. */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory();
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchPatience = factory();
  }
})(typeof self === "undefined" ? this : self, function () {
  "use strict";

  /** Milliseconds to go on for before others have their turn. */
  const PATIENCE = 10;

  /** Begin a piece of work; the function returned is awaited between its portions. */
  return function () {
    let since = Date.now();
    return async function () {
      if (Date.now() - since > PATIENCE) {
        await new Promise(function (resolve) {
          setTimeout(resolve, 0);
        });
        since = Date.now();
      }
    };
  };
});
