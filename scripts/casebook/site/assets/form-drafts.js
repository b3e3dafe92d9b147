/**
 * Drafts on the device: one entry of localStorage each, written as one types.
 * Where the device keeps nothing, `problem` says why, and the form says it too.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const PREFIX = "casebook.draft.";
  const FORMAT = "casebook-draft-1";

  const drafts = {
    /** Why the last draft could not be kept: "full", "forbidden", or nothing. */
    problem: "",

    /** A name for a new draft. */
    name: function () {
      return Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
    },

    /** Whether this device keeps anything at all. */
    try: function () {
      try {
        window.localStorage.setItem(PREFIX + "?", "");
        window.localStorage.removeItem(PREFIX + "?");
      } catch (error) {
        drafts.problem = "forbidden";
      }
    },

    /** Every draft, the newest first; what cannot be read is passed over, not removed. */
    list: function () {
      const found = [];
      try {
        for (let index = 0; index < window.localStorage.length; index += 1) {
          const key = window.localStorage.key(index);
          const draft = key.indexOf(PREFIX) === 0 ? drafts.get(key.slice(PREFIX.length)) : null;
          if (draft) {
            found.push(draft);
          }
        }
      } catch (error) {
        drafts.problem = "forbidden";
      }
      return found.sort((one, other) => (one.changed < other.changed ? 1 : -1));
    },

    get: function (name) {
      try {
        return drafts.read(window.localStorage.getItem(PREFIX + name) || "");
      } catch (error) {
        return null;
      }
    },

    /** Keep a draft; false where the device refuses. */
    keep: function (draft) {
      try {
        window.localStorage.setItem(PREFIX + draft.name, JSON.stringify(draft));
        drafts.problem = "";
      } catch (error) {
        const full = error && (error.name === "QuotaExceededError" || error.code === 22 || error.code === 1014);
        drafts.problem = full && window.localStorage.length ? "full" : "forbidden";
      }
      return !drafts.problem;
    },

    remove: function (name) {
      try {
        window.localStorage.removeItem(PREFIX + name);
      } catch (error) {
        drafts.problem = "forbidden";
      }
    },

    /** The draft in a text, or null: what was exported here, whatever else it may be. */
    read: function (text) {
      let draft = null;
      try {
        draft = JSON.parse(text);
      } catch (error) {
        return null;
      }
      const whole = draft && draft.format === FORMAT && typeof draft.name === "string" && draft.value;
      return whole && typeof draft.value === "object" ? draft : null;
    },

    /** An empty draft around a form's value. */
    around: function (value, more) {
      return Object.assign({ format: FORMAT, name: drafts.name(), changed: new Date().toISOString(), value: value }, more);
    },

    /** Called when another tab writes the draft of this name. */
    watch: function (tell) {
      window.addEventListener("storage", (event) => {
        if (event.key && event.key.indexOf(PREFIX) === 0) {
          tell(event.key.slice(PREFIX.length));
        }
      });
    },
  };

  /** Hand a text to the reader as a file. */
  casebook.saveFile = function (name, text, type) {
    const address = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
    const link = casebook.el("a", { href: address, download: name, class: "vh" });
    document.body.appendChild(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(address), 60000);
  };

  casebook.formDrafts = drafts;
})();
