/* One document: the chosen box comes into view, a click on a source flashes its box, the page grows and shrinks. */
(() => {
  "use strict";
  const chosen = document.getElementById("chosen");
  const show = (frame) => { frame.scrollIntoView({ block: "center", inline: "center" }); frame.classList.remove("flash"); void frame.getBoundingClientRect(); frame.classList.add("flash"); };
  if (chosen) show(chosen);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-field]");
    const frame = link && !event.ctrlKey && !event.metaKey && document.querySelector(`.frame[data-field="${CSS.escape(link.dataset.field)}"]`);
    if (frame) { event.preventDefault(); show(frame); history.replaceState(null, "", link.href); }
    const zoom = event.target.closest?.("[data-zoom]");
    if (zoom) {
      const place = document.querySelector(".sheets");
      const step = Number(zoom.dataset.zoom), now = Number(place.dataset.level || 0);
      const level = step ? Math.max(-1, Math.min(2, now + step)) : 0;
      place.className = `sheets zoom-${level}`; place.dataset.level = level;
    }
  });
})();
