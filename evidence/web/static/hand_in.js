/* Files and folders dropped or picked, each sent by a request of its own; the server's row takes the place of the one
   that showed the progress. Nothing is kept here: a reload shows what the server has. */
(() => {
  "use strict";
  if (document.querySelector("#received[hx-get]")) window.evidence.listen();
  const find = (selector, root = document) => root.querySelector(selector);
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
  const drop = find("#drop");
  if (!drop) return;
  const told = drop.dataset, table = find("#files-table"), body = find("tbody", table), counted = find("#counted");
  const AT_ONCE = 3, waiting = [], count = { all: 0, done: 0, skipped: 0 };
  const SYSTEM = /(^|\/)(\.|~\$|thumbs\.db$|desktop\.ini$|__macosx\/)/i;
  let active = 0;
  find(".scripted", drop).hidden = false;
  find(".unscripted", drop).hidden = true;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const make = (name, text, kind) => { const element = document.createElement(name); if (text) element.textContent = text; if (kind) element.className = kind; return element; };

  function tell() {
    counted.textContent = fill(told.counted, count) + (count.skipped ? ` ${fill(told.skipped, count)}` : "");
  }
  function add(files) {
    for (const { file, path } of files) {
      if (SYSTEM.test(path)) { count.skipped++; continue; }
      count.all++;
      const item = { file, path, row: make("tr"), state: make("td"), act: make("td") };
      const name = make("th", path, "wrap");
      name.scope = "row";
      item.row.append(name, make("td", "—"), item.state, item.act);
      body.append(item.row);
      if (file.size > Number(told.most)) fail(item, told.large, false); else { waiting.push(item); show(item, 0); }
    }
    table.hidden = count.all === 0 && !body.children.length;
    tell();
    pump();
  }
  function show(item, share) {
    const bar = make("progress");
    bar.max = 100; bar.value = share;
    bar.setAttribute("aria-label", item.path);
    item.state.replaceChildren(bar, ` ${share} %`);
    const stop = make("button", told.stop, "btn flat");
    stop.type = "button";
    stop.addEventListener("click", () => { item.stopped = true; item.sent?.abort(); if (!item.sent) { waiting.splice(waiting.indexOf(item), 1); fail(item, told.stopped, true); } });
    item.act.replaceChildren(stop);
  }
  function fail(item, text, again) {
    item.state.replaceChildren(make("span", `✗ ${text}`, "state no"));
    item.act.replaceChildren();
    if (!again) return;
    const button = make("button", told.again, "btn flat");
    button.type = "button";
    button.addEventListener("click", () => { item.stopped = false; item.sent = null; waiting.push(item); show(item, 0); pump(); });
    item.act.append(button);
  }
  function pump() {
    while (active < AT_ONCE && waiting.length) send(waiting.shift());
  }
  function send(item) {
    active++;
    const request = item.sent = new XMLHttpRequest();
    request.open("POST", `/nop/tep?${new URLSearchParams({ ten: item.path, "don-vi": told.unit, muc: told.criterion })}`);
    request.setRequestHeader("X-CSRF-Token", evidence.csrf());
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    const bar = find("progress", item.state);
    request.upload.addEventListener("progress", (event) => {
      const share = Math.floor((100 * event.loaded) / (event.total || 1));
      if (bar) { bar.value = share; bar.nextSibling.textContent = share < 100 ? ` ${share} %` : ` ${told.checking}`; }
    });
    request.addEventListener("loadend", () => {
      active--;
      if (item.stopped) fail(item, told.stopped, true);
      else if (request.status === 200) receive(item, request.responseText);
      else if (request.status === 401) { fail(item, told.lost, true); evidence.askToSignIn(); }
      else fail(item, sentence(request) || told.lost, true);
      tell();
      pump();
    });
    request.send(item.file);
  }
  function sentence(request) {
    return request.status ? new DOMParser().parseFromString(request.responseText, "text/html").body.textContent.trim().slice(0, 300) : "";
  }
  function receive(item, text) {
    const holder = make("template");
    holder.innerHTML = text;
    const row = holder.content.firstElementChild;
    item.row.replaceWith(row);
    htmx.process(row);
    count.done++;
    if (!active || count.done % 10 === 0) htmx.trigger(document.body, "drafts");
  }
  /* a folder's list comes in parts of a hundred: until an empty one */
  async function walk(entry, path, files) {
    if (entry.isFile) { files.push({ file: await new Promise((ok, no) => entry.file(ok, no)), path: path + entry.name }); return; }
    const reader = entry.createReader();
    for (;;) {
      const part = await new Promise((ok, no) => reader.readEntries(ok, no));
      if (!part.length) return;
      for (const each of part) await walk(each, `${path}${entry.name}/`, files);
    }
  }
  const over = (event, on) => { if (!event.dataTransfer?.types.includes("Files")) return; event.preventDefault(); drop.classList.toggle("over", on); };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(event, false); });
  document.addEventListener("drop", async (event) => {
    over(event, false);
    const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean), files = [];
    try { for (const entry of entries) await walk(entry, "", files); } catch (error) { evidence.warn(`${told.lost} (${error.name})`); }
    add(files);
  });
  const picked = (input) => { add([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }))); input.value = ""; };
  for (const input of [find("#files"), find("#folder")]) input.addEventListener("change", () => picked(input));
  find("[data-pick=files]", drop).addEventListener("click", () => find("#files").click());
  find("[data-pick=folder]", drop).addEventListener("click", () => find("#folder").click());
  window.addEventListener("beforeunload", (event) => { if (active || waiting.length) event.preventDefault(); });
})();
