/** What search.js needs of the site's base.js. */
(function () {
  const values = new Map();
  const waiting = new Map();
  window.casebook = {
    word: (key) => key,
    put: (name, value) => values.set(name, value),
    need: function (name) {
      if (!waiting.has(name)) {
        waiting.set(
          name,
          new Promise((resolve, reject) => {
            const script = document.createElement("script");
            script.src = name + ".js";
            script.onload = () => resolve(values.get(name));
            script.onerror = reject;
            document.head.appendChild(script);
          })
        );
      }
      return waiting.get(name);
    },
  };
})();
