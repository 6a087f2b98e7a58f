/* What every page shares: keys, saying what was saved, signing in again.

   data-keys="KeyA Digit1"  a button or link that those keys press (event.code); Shift+ stands before where needed
   data-key-focus="Slash"  a field that the key leads to
   data-dialog="id"  opens the <dialog id>; data-close closes the one around it
   data-print  prints the page
   data-saves  on an element that htmx sends: "saving" is said while it lasts
   header X-Status  what the server says was done (percent-encoded), shown as role=status
   header X-Focus: h1  after a swap the first h1 gets the focus */
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const sentence = (name) => find("#sentences")?.dataset[name] ?? "";
  const shown = (element) => element.checkVisibility() && !element.disabled && element.getAttribute("aria-disabled") !== "true";
  document.documentElement.classList.add("js");
  const FIELD = "input,textarea,select,[contenteditable]";

  const say = (text) => { const place = find("#status"); if (place) place.textContent = text; };
  const warn = (text) => {
    const place = find("#alert");
    if (!place) return;
    place.replaceChildren();
    if (!text) return;
    const line = document.createElement("p"), button = document.createElement("button");
    line.className = "failure";
    line.append(text);
    button.className = "btn"; button.type = "button"; button.textContent = sentence("close");
    button.addEventListener("click", () => place.replaceChildren());
    line.append(button);
    place.append(line);
  };

  /* keys: never while letters are being composed or typed, never for a key the input method made up */
  const composing = (event) => event.isComposing || event.keyCode === 229 || event.key === "Process";
  const press = (event) => {
    const code = (event.shiftKey ? "Shift+" : "") + event.code;
    const field = all(`[data-key-focus~="${CSS.escape(code)}"]`).find(shown);
    if (field) { event.preventDefault(); field.focus(); field.select?.(); return; }
    const button = all(`[data-keys~="${CSS.escape(code)}"]`).find(shown);
    if (button) { event.preventDefault(); button.click(); }
  };
  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(FIELD)) { if (event.key === "Escape") target.blur(); return; }
    if (document.body.dataset.singleKeys === "off" || find("dialog[open]")) return;
    if (!event.code || event.keyCode === 231) { say(sentence("keyboard")); return; }
    press(event);
  });
  /* Enter sends a form only when no letter is being composed */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event) && event.target.closest?.("form")) event.stopPropagation();
  }, true);

  /* dialogs and the menu below the name */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    if (event.target.closest?.("[data-print]")) window.print();
    if (event.target.closest?.("[data-close]")) event.target.closest("dialog")?.close();
    for (const menu of all("details.own[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all("details.own[open]")) { menu.open = false; find("summary", menu).focus(); }
  });

  /* htmx: the token against forgery, what is being saved, what failed */
  const csrf = () => find('meta[name="csrf"]');
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRF-Token"] = csrf()?.content ?? ""; });
  let waiting = 0;
  const saves = (event) => event.detail.elt?.closest?.("[data-saves]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (saves(event)) { clearTimeout(waiting); waiting = setTimeout(() => say(sentence("saving")), 300); }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    clearTimeout(waiting);
    const answer = event.detail.xhr;
    if (event.detail.successful) {
      if (saves(event)) warn("");
      const done = answer.getResponseHeader("X-Status");
      if (done) say(decodeURIComponent(done)); else if (saves(event)) say("");
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    say("");
    if (event.detail.xhr.status === 401) { askToSignIn(); return; }
    const text = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").body.textContent.trim();
    warn(text.slice(0, 400) || sentence("offline"));
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(failure, () => { say(""); warn(sentence("offline")); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.xhr?.getResponseHeader("X-Focus") !== "h1") return;
    const head = find("main h1");
    if (head) { head.tabIndex = -1; head.focus(); }
  });

  /* signing in again over the page: what was typed stays */
  function askToSignIn() { const dialog = find("#sign-in-again"); if (dialog && !dialog.open) dialog.showModal(); }
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("#sign-in-again")) return;
    event.preventDefault();
    const failure = find(".failure", form);
    try {
      const page = await (await fetch("/dang-nhap", { cache: "no-store" })).text();
      const token = find('meta[name="csrf"]', new DOMParser().parseFromString(page, "text/html"))?.content ?? "";
      const answer = await fetch("/dang-nhap", { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json", "X-CSRF-Token": token } });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error);
      refresh(told.csrf);
      find("[type=password]", form).value = "";
      failure.hidden = true;
      if (told.account !== form.elements.name.defaultValue) { location.reload(); return; }
      form.closest("dialog").close();
    } catch (error) {
      failure.textContent = error instanceof TypeError ? sentence("offline") : error.message;
      failure.hidden = false;
    }
  });
  addEventListener("focus", async () => { /* signed in by another tab meanwhile: that session's token, the same person */
    const dialog = find("#sign-in-again");
    if (!dialog?.open || !find("a[target]", dialog)) return;
    const answer = await fetch("/tai-khoan", { cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (find("#again-name", page)?.value !== find("#again-name", dialog).defaultValue) { location.reload(); return; }
    refresh(find('meta[name="csrf"]', page).content);
    dialog.close();
  });
  function refresh(token) { csrf().content = token; for (const field of all('input[name="csrf"]')) field.value = token; }

  /* one stream of events a browser: a seventh tab must not hang
     evidence.listen(): every tab gets "evidence:<name>" on document, the data in detail */
  let listening = false;
  const NAMES = ["jobs", "findings", "people"];
  function listen(address = "/su-kien") {
    if (listening || !navigator.locks) return;
    listening = true;
    const channel = new BroadcastChannel("evidence-events");
    const tell = (data) => document.dispatchEvent(new CustomEvent(`evidence:${data.name}`, { detail: data.text }));
    channel.addEventListener("message", (event) => tell(event.data));
    navigator.locks.request("evidence-events", () => new Promise(() => {
      const stream = new EventSource(address);
      for (const name of NAMES) stream.addEventListener(name, (event) => { const data = { name, text: event.data }; tell(data); channel.postMessage(data); });
    }));
  }
  window.evidence = { say, warn, listen, askToSignIn, csrf: () => csrf()?.content ?? "" };
})();
