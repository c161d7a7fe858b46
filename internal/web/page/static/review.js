// An enhancement only: the form works without it.
"use strict";
{
  const form = document.getElementById("review");
  const unsaved = document.getElementById("unsaved");
  const boxes = () => [...form.querySelectorAll("input[type=checkbox]")].filter((box) => box.offsetParent);

  // How many ticks differ from what came.
  const count = () => {
    const n = [...form.querySelectorAll("input[type=checkbox]")].filter((box) => box.checked !== box.defaultChecked).length;
    unsaved.textContent = n ? `${n} not saved` : "";
    return n;
  };
  form.addEventListener("change", count);
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("beforeunload", (event) => { if (!sending && count()) event.preventDefault(); });
  addEventListener("pageshow", () => { sending = false; count(); });

  // What an address leads to may lie in a folded part.
  const unfold = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const folded = target && target.closest("details:not([open])");
    if (folded) { folded.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", unfold);
  unfold();

  const step = (by) => {
    const all = boxes();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement);
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + by))];
    next.focus();
    next.scrollIntoView({ block: "center" });
  };
  const tick = (on) => {
    const box = document.activeElement;
    if (!box || box.type !== "checkbox" || box.form !== form) return;
    box.checked = on;
    count();
    step(1);
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || document.documentElement.dataset.keys === "off") return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const act = { j: () => step(1), k: () => step(-1), a: () => tick(true), u: () => tick(false) }[event.key];
    if (act) { act(); event.preventDefault(); }
  });
}
