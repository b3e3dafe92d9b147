/* In a preview alone: load the page again when something has changed, and say what is wrong. */
(function () {
  "use strict";
  const changes = document.currentScript.dataset.changes;
  let source = null;

  function listen() {
    if (source) source.close();
    source = document.hidden ? null : new EventSource(changes);
    if (source) source.onmessage = () => location.reload();
  }

  const notice = document.querySelector("dialog[data-preview]");
  if (notice) notice.showModal();
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pageshow", listen);
})();
