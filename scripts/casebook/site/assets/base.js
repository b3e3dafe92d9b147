/**
 * What every script of the site shares: interface words, addresses, small DOM helpers.
 * Loaded first; the other files find it as `window.casebook`.
 */
(function () {
  "use strict";

  const casebook = (window.casebook = window.casebook || {});

  /** Values that data files handed over, and promises of those asked for, by name. */
  const values = new Map();
  const waiting = new Map();

  /**
   * An interface word of this page's language with its places filled in: word("count", {n: 3}).
   * Every page loads the data file of the words. A missing word shows its key, so that it is noticed.
   */
  casebook.word = function (key, given) {
    const words = values.get("words") || {};
    const text = Object.prototype.hasOwnProperty.call(words, key) ? words[key] : key;
    return text.replace(/\{(\w+)\}/g, function (whole, name) {
      return given && name in given ? String(given[name]) : whole;
    });
  };

  /** A count with its word; English tells one from many, Chinese says the same for both. */
  casebook.count = function (key, n, values) {
    return casebook.word(key + (n === 1 ? "_one" : "_many"), Object.assign({ n: n }, values));
  };

  /**
   * Absolute address of a path below the language root, e.g. address("cases/x/"). Pages opened
   * as files are named in full, for a folder shows no page of its own there.
   */
  casebook.address = function (path) {
    const holder = document.getElementById("words");
    const parts = /^([^?#]*)(.*)$/.exec(path);
    const folder = parts[1] === "" || parts[1].slice(-1) === "/";
    const file = folder && holder.dataset.files !== undefined ? parts[1] + "index.html" : parts[1];
    return new URL((holder.dataset.root || "./") + file + parts[2], document.baseURI).href;
  };

  /** Address of a case's page. */
  casebook.caseAddress = function (id) {
    return casebook.address("cases/" + encodeURIComponent(id) + "/");
  };

  /** True for text that can be a case's id. */
  casebook.isId = function (text) {
    return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60;
  };

  /**
   * Build an element. `attributes` are set as attributes; children are nodes or plain text,
   * never markup.
   */
  casebook.el = function (tag, attributes, children) {
    const node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      const value = attributes[name];
      if (value !== null && value !== undefined && value !== false) {
        node.setAttribute(name, value === true ? "" : String(value));
      }
    });
    [].concat(children === undefined ? [] : children).forEach(function (child) {
      node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return node;
  };

  /** Remove all children and put these in their place. */
  casebook.fill = function (node, children) {
    while (node.firstChild) {
      node.removeChild(node.firstChild);
    }
    [].concat(children).forEach(function (child) {
      node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
  };

  /** Say something to a screen reader, and nothing to the eye. */
  casebook.announce = function (text) {
    let region = document.getElementById("casebook-announcer");
    if (!region) {
      region = casebook.el("p", { id: "casebook-announcer", class: "visually-hidden", role: "status" });
      document.body.appendChild(region);
    }
    // An unchanged text is not read again; emptying it first makes it news.
    region.textContent = "";
    window.setTimeout(function () {
      region.textContent = text;
    }, 50);
  };

  /** Copy text; resolves to false where the browser does not allow it. */
  casebook.copy = function (text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(
        function () {
          return true;
        },
        function () {
          return copyBySelection(text);
        }
      );
    }
    return Promise.resolve(copyBySelection(text));
  };

  /** The old way, for browsers inside other apps and for pages without https. */
  function copyBySelection(text) {
    const before = document.activeElement;
    const box = casebook.el("textarea", { readonly: true, class: "visually-hidden" });
    box.value = text;
    document.body.appendChild(box);
    box.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    document.body.removeChild(box);
    if (before && before.focus) {
      before.focus();
    }
    return done;
  }

  /**
   * Copy text and say on the button itself, for two seconds, how it went.
   * Where copying is not possible the text is shown to be copied by hand.
   */
  casebook.copyFrom = function (button, text) {
    return casebook.copy(text).then(function (done) {
      if (!done) {
        window.prompt(casebook.word("copy_by_hand"), text);
        return;
      }
      const label = button.dataset.label || button.textContent;
      button.dataset.label = label;
      button.textContent = casebook.word("copied");
      casebook.announce(casebook.word("copied"));
      window.setTimeout(function () {
        button.textContent = label;
      }, 2000);
    });
  };

  /** Called by data files: hands the value of `name` over. */
  casebook.put = function (name, value) {
    values.set(name, value);
  };

  /**
   * The value of a data file, loaded once. A script rather than a fetch, because pages
   * opened from a folder cannot fetch. Rejects where the file cannot be had; a later call tries again.
   */
  casebook.need = function (name) {
    if (!waiting.has(name)) {
      waiting.set(
        name,
        load(document.getElementById("words").dataset.data + name + ".js").then(
          function () {
            return values.get(name);
          },
          function (error) {
            waiting.delete(name);
            throw error;
          }
        )
      );
    }
    return waiting.get(name);
  };

  /** Run a script of the site; resolves when it has run. */
  function load(address) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = new URL(address, document.baseURI).href;
      script.onload = resolve;
      script.onerror = function () {
        script.remove();
        reject(new Error("cannot load " + address));
      };
      document.head.appendChild(script);
    });
  }

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** A column of views/columns.py as a list: a value for each case, which cases with the same share, or its place. */
  casebook.column = function (data) {
    const list = [];
    const values = (data.values || []).map(function (value) {
      return data.parts ? value.map(function (part) { return data.parts[part]; }) : value;
    });
    for (let at = 0; at < data.codes.length; at += data.width) {
      let number = 0;
      for (let digit = 0; digit < data.width; digit += 1) {
        number = number * 64 + DIGITS.indexOf(data.codes[at + digit]);
      }
      list.push(data.values ? values[number] : number);
    }
    return list;
  };

  /** Yes or no for each of `count` cases, packed by views/columns.py. */
  casebook.bits = function (packed, count) {
    const list = [];
    for (let at = 0; at < count; at += 1) {
      list.push(Boolean((DIGITS.indexOf(packed[Math.floor(at / 6)]) >> at % 6) & 1));
    }
    return list;
  };

  let loading = null;

  /**
   * Search, loaded when it is first wanted: most pages are read without it.
   * A failure is forgotten, so that the next wish tries again.
   */
  casebook.needSearch = function () {
    loading =
      loading ||
      load(document.getElementById("words").dataset.search).then(function () {
        return casebook.search;
      });
    loading.catch(function () {
      loading = null;
    });
    return loading;
  };

  /** Tell tests and tools that the page has finished its work. */
  casebook.ready = function () {
    document.documentElement.dataset.ready = "true";
  };
})();
