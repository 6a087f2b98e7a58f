(function () {
  "use strict";
  var unit = document.getElementById("by-unit"), status = document.getElementById("by-status");
  var findings = document.querySelectorAll(".finding"), counts = document.querySelectorAll(".count");

  function apply() {
    var shown = 0;
    document.querySelectorAll(".unit").forEach(function (box) {
      var ours = !unit.value || box.dataset.unit === unit.value, any = 0;
      box.querySelectorAll(".criterion").forEach(function (criterion) {
        var some = 0;
        criterion.querySelectorAll(".finding").forEach(function (finding) {
          var fits = ours && (!status.value || finding.dataset.status === status.value);
          finding.hidden = !fits;
          some += fits ? 1 : 0;
        });
        criterion.hidden = !some;
        any += some;
      });
      box.hidden = !any;
      shown += any;
    });
    document.getElementById("nothing").hidden = shown > 0;
    counts.forEach(function (count) {
      count.setAttribute("aria-pressed", String(count.dataset.status === status.value));
    });
  }

  function open(all) {
    findings.forEach(function (finding) { if (!finding.hidden) { finding.open = all; } });
  }

  function follow() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) { return; }
    if (target.hidden) { unit.value = ""; status.value = ""; apply(); }
    target.open = true;
    target.scrollIntoView({block: "center"});
  }

  unit.addEventListener("change", apply);
  status.addEventListener("change", apply);
  counts.forEach(function (count) {
    count.addEventListener("click", function () {
      status.value = status.value === count.dataset.status ? "" : count.dataset.status;
      apply();
      if (status.value) { document.getElementById("h-findings").scrollIntoView(); }
    });
  });
  document.getElementById("open-all").addEventListener("click", function () { open(true); });
  document.getElementById("close-all").addEventListener("click", function () { open(false); });
  document.querySelector(".filter").addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", follow);
  document.querySelectorAll(".cell").forEach(function (cell) {
    cell.addEventListener("click", function () { setTimeout(follow, 0); });
  });
  apply();
  follow();
}());
