/* In a preview alone: load the page again when something has changed. */
(function () {
  "use strict";
  const changes = document.currentScript.dataset.changes;
  let source = null;

  function listen() {
    if (source) source.close();
    source = document.hidden ? null : new EventSource(changes);
    if (source) source.onmessage = () => location.reload();
  }

  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pageshow", listen);
})();
