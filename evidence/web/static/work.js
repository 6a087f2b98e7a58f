/* The work page: one key decides and shows the next item, which was fetched ahead; what could not be saved comes back.
   Everything it does works without it too, by links and forms, only slower. */
(() => {
  "use strict";
  const { say, warn, askToSignIn, csrf } = window.evidence;
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (name) => find("#sentences").dataset[name];

  /* pages: fetched, put in the place of this one */
  let ahead = { address: "", page: null };
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  async function read(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (answer.redirected && new URL(answer.url).pathname === "/dang-nhap") { askToSignIn(); throw new Error("signed out"); }
    return parse(await answer.text());
  }
  function fetchAhead() {
    const next = find("[data-step=next]");
    if (!next) return;
    const entry = { address: next.href, page: null };
    ahead = entry;
    read(next.href).then((page) => {
      entry.page = page;
      const image = find("svg.sheet image", page);
      if (image) new Image().src = image.getAttribute("href");
    }, () => {});
  }
  function show(page, address, how = "push") {
    const main = find("main", page);
    if (!main) { location.assign(address); return; }
    find("main").replaceWith(document.adoptNode(main));
    document.title = page.title;
    if (how) history[`${how}State`](null, "", address);
    begin();
    const target = find("main [autofocus]") ?? find("main h1");
    if (target) { if (target.matches("h1")) target.tabIndex = -1; target.focus({ preventScroll: true }); target.select?.(); find("tr.cut")?.scrollIntoView({ block: "nearest" }); }
  }
  async function go(address, how = "push", keep = false) {
    const typed = keep && find("#decide") && { note: find("#nt").value, points: find("#pt").value, item: item() };
    try {
      show(ahead.address === address && ahead.page ? ahead.page : await read(address), address, how);
    } catch (error) { if (error.message !== "signed out") warn(words("offline")); return; }
    if (typed && find("#decide") && item() === typed.item) { find("#nt").value = typed.note; find("#pt").value = typed.points; }
  }
  const item = () => find("h1 .cd")?.textContent ?? "";
  window.addEventListener("popstate", () => go(location.href, ""));

  /* reasons: their box on the page, or the page that has it */
  const flash = (frame) => { frame.scrollIntoView({ block: "center", inline: "nearest" }); frame.classList.remove("flash"); void frame.getBoundingClientRect(); frame.classList.add("flash"); };
  const showPane = (name) => { const panes = find(".panes"); if (panes) panes.dataset.pane = name; };
  function choose(link) {
    const sheets = find(".sheets"), svg = find("svg.sheet"), { document: sha, page, frame } = link.dataset;
    if (!svg || !sha || sheets.dataset.document !== sha || sheets.dataset.page !== page) {
      if (sha && page) { go(link.href, "replace", true); return; }
    } else if (frame) {
      let box = find("#chosen");
      if (!box) { box = document.createElementNS("http://www.w3.org/2000/svg", "rect"); box.id = "chosen"; box.classList.add("frame", "chosen"); svg.append(box); }
      ["x", "y", "width", "height"].forEach((side, at) => box.setAttribute(side, frame.split(" ")[at]));
      flash(box);
    }
    for (const other of all(".re")) { other.classList.toggle("on", other === link); if (other === link) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current"); }
    history.replaceState(null, "", link.href);
    markNeighbours();
    link.scrollIntoView({ block: "nearest" });
  }
  function markNeighbours() {
    const rows = all(".re").filter((row) => row.checkVisibility()), at = rows.findIndex((row) => row.classList.contains("on"));
    for (const row of all(".re[data-keys]")) delete row.dataset.keys;
    if (rows[at + 1]) rows[at + 1].dataset.keys = "KeyJ";
    if (at > 0) rows[at - 1].dataset.keys = "KeyK";
  }

  /* deciding */
  async function send(form, act) {
    clearTimeout(writing);
    const fields = new URLSearchParams(new FormData(form));
    if (act) fields.set("act", act);
    const before = find("main"), origin = location.href, name = item();
    const optimistic = form.id === "decide" && ahead.page && ahead.address === find("[data-step=next]")?.href;
    const target = optimistic ? ahead.address : "";
    if (optimistic) show(ahead.page, target);
    const waiting = setTimeout(() => say(words("saving")), 300);
    const back = () => { if (optimistic && find("main") !== before) { find("main").replaceWith(before); history.replaceState(null, "", origin); begin(false); } };
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: fields, headers: { "X-CSRF-Token": csrf(), Accept: "text/html" } });
    } catch { back(); failed(name, form, act); return; } finally { clearTimeout(waiting); say(""); }
    if (answer.status === 401) { back(); askToSignIn(); return; }
    const page = parse(await answer.text());
    if (!find("main.work", page)) { back(); warn(page.body.textContent.trim().slice(0, 400) || words("offline")); return; }
    if (!answer.ok) { show(page, origin, "replace"); return; }
    warn("");
    if (optimistic && location.href === target) {
      for (const part of [".sub", ".queue", ".end"]) { const fresh = find(part, page); if (fresh) find(part)?.replaceWith(document.adoptNode(fresh)); }
      if (document.activeElement === document.body) find("main [autofocus]")?.focus();
      history.replaceState(null, "", answer.url);
      begin(false);
    } else if (!optimistic) show(page, answer.url, origin === answer.url ? "replace" : "push");
    say(find(".saved")?.textContent ?? "");
  }
  function failed(name, form, act) {
    warn(`${form.dataset.failed ?? ""} ${name}: ${words("offline")}`);
    const again = document.createElement("button");
    again.className = "btn"; again.type = "button"; again.textContent = find("#decide")?.dataset.retry ?? "↻";
    again.addEventListener("click", () => { warn(""); send(form, act); });
    find("#alert p")?.append(again);
  }

  /* a sentence for the unit: a digit chooses, Enter sends */
  let act = "";
  function ask(kind) {
    const dialog = find("#sentence");
    act = kind;
    find("h2", dialog).textContent = dialog.dataset[kind];
    find("[data-send]", dialog).firstChild.data = `${dialog.dataset[kind === "return" ? "sendReturn" : "sendAsk"]} `;
    find("#st").value = find("#nt").value;
    dialog.showModal();
    (find("#nt").value ? find("[data-send]", dialog) : find("[data-sentence]", dialog)).focus();
  }
  function pick(button) {
    for (const other of all("[data-sentence]")) other.classList.toggle("on", other === button);
    find("#st").value = find("span", button).textContent;
    find("#sentence [data-send]").focus();
  }
  function sendSentence() {
    const note = find("#st").value.trim();
    if (!note) { find("#st").focus(); return; }
    find("#nt").value = note;
    find("#sentence").close();
    send(find("#decide"), act);
  }
  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest?.("#sentence");
    if (!dialog || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.matches("textarea");
    if (typing && event.key === "Enter" && !event.shiftKey) { event.preventDefault(); sendSentence(); return; }
    const digit = !typing && /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const button = digit && all("[data-sentence]", dialog)[digit[1] - 1];
    if (button) { event.preventDefault(); pick(button); }
  });

  /* notes are kept as they are written */
  let writing = 0;
  async function keepNote() {
    const form = find("#decide");
    if (!form) return;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams({ note: find("#nt").value }), headers: { "X-CSRF-Token": csrf(), Accept: "application/json" } });
      if (answer.status === 401) askToSignIn();
      else if (answer.ok) say((await answer.json()).status);
      else warn(words("offline"));
    } catch { warn(words("offline")); }
  }
  document.addEventListener("input", (event) => {
    if (event.target.id !== "nt") return;
    clearTimeout(writing);
    writing = setTimeout(keepNote, 800);
  });

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest?.("a[data-step],a[data-part],a[data-reason],a[data-show]");
    if (link) {
      event.preventDefault();
      if ("show" in link.dataset) showPane(link.dataset.show);
      else if ("reason" in link.dataset) { if (event.isTrusted) showPane("work-paper"); choose(link); } else go(link.href, "step" in link.dataset ? "push" : "replace", "part" in link.dataset);
    }
    const button = event.target.closest?.("[data-sentence],[data-send]");
    if (button) { if ("send" in button.dataset) sendSentence(); else pick(button); }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, kind = event.submitter?.value ?? "";
    if (!form.closest("main.work") || form.method !== "post") return;
    event.preventDefault();
    if (form.id === "decide" && (kind === "return" || kind === "ask")) ask(kind); else send(form, kind || (form.id === "decide" ? "accept" : ""));
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form.filter");
    if (form) go(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  });
  document.addEventListener("toggle", markNeighbours, true);

  /* who else is here, and what changes meanwhile */
  let telling = 0;
  const place = () => find("#people");
  const name = (list = []) => { place().textContent = list.map(([who, edits]) => `${who} ${place().dataset[edits ? "edits" : "views"]}`).join(" "); };
  async function tellSeen() {
    const here = place()?.dataset.item;
    if (!here || document.hidden) return;
    const answer = await fetch("/su-kien/dang-xem", { method: "POST", body: new URLSearchParams({ muc: here, sua: find("tr.cut") ? 1 : "" }), headers: { "X-CSRF-Token": csrf() } }).catch(() => null);
    if (answer?.ok && place()?.dataset.item === here) name((await answer.json()).others);
  }
  document.addEventListener("evidence:people", (event) => { if (place()) name(JSON.parse(event.detail)[place().dataset.item]); });
  document.addEventListener("evidence:findings", async (event) => {
    const here = place()?.dataset.item, facts = (root) => find("#decide [name=facts]", root)?.value;
    if (here?.split("/")[0] !== event.detail) return;
    const page = await read(location.href).catch(() => null);
    if (!page || place()?.dataset.item !== here || facts(page) === facts()) return;
    const link = document.createElement("a");
    link.href = location.href; link.dataset.part = ""; link.textContent = place().dataset.changed;
    place().replaceChildren(link);
  });
  setInterval(tellSeen, 60000);
  window.evidence.listen();

  function begin(moved = true) {
    clearTimeout(telling);
    telling = setTimeout(tellSeen, 500);
    find(".qi.on")?.scrollIntoView({ block: "nearest" });
    markNeighbours();
    if (moved && find("#chosen")) flash(find("#chosen"));
    fetchAhead();
  }
  begin();
})();
