// An enhancement only: every page works without it.
"use strict";
{
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // How far the reader is in the work, as the page moves.
  const bar = one(".bar progress");
  const article = one("main.reader article");
  if (bar && article) {
    const from = Number(bar.dataset.from), to = Number(bar.dataset.to);
    let waiting = false;
    const measure = () => {
      waiting = false;
      const box = article.getBoundingClientRect();
      const far = Math.min(1, Math.max(0, (innerHeight - box.top) / box.height));
      bar.value = scrollY < 8 ? from : from + (to - from) * far;
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(measure); } }, { passive: true });
  }

  // Settings show at once what they do, and are kept without a reload.
  for (const form of all("form.settings")) {
    form.addEventListener("change", (event) => {
      const { name, value } = event.target;
      if (value) root.dataset[name] = value; else delete root.dataset[name];
      if (form.closest(".menu")) fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    });
  }

  // A tag plays one part in a filter.
  document.addEventListener("change", (event) => {
    const three = event.target.closest(".three");
    if (three && event.target.checked) for (const box of all("input", three)) if (box !== event.target) box.checked = false;
  });

  // What is typed of a tag's name is completed; in a search box, to a question.
  for (const input of all("input[data-tags]")) {
    const list = document.createElement("datalist");
    list.id = `${input.id}-tags`;
    input.after(list);
    input.setAttribute("list", list.id);
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      const typed = input.value.trim();
      if (typed.length < 2 || /[:"]/.test(typed)) return;
      waiting = setTimeout(async () => {
        const answer = await fetch(`/api/v1/tags?limit=8&kind=${input.dataset.tags}&q=${encodeURIComponent(typed)}`).catch(() => null);
        if (!answer || !answer.ok || input.value.trim() !== typed) return;
        const { tags } = await answer.json();
        list.replaceChildren(...tags.map(({ kind, name, works }) =>
          new Option(`${works.toLocaleString("en")} ${works === 1 ? "work" : "works"}`, input.dataset.tags ? name : `${kind}:"${name.replaceAll('"', '\\"')}"`)));
      }, 100);
    });
  }

  // Menus close when one turns away from them.
  document.addEventListener("click", (event) => {
    for (const menu of all(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  const step = (by) => {
    const links = all(".blurb h2 a:first-child");
    if (!links.length) return false;
    const here = links.indexOf(document.activeElement);
    const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + by))];
    next.focus();
    next.scrollIntoView({ block: "center" });
    return true;
  };
  const follow = (rel) => {
    const link = one(`.bar a[rel=${rel}], .pager a[rel=${rel}]`);
    if (link) link.click();
    return Boolean(link);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = one(".menu[open]");
      if (menu) { menu.open = false; one("summary", menu).focus(); }
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, [contenteditable], .menu[open], progress")) return;
    const text = one("main article[dir]");
    const forward = text && text.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    let done = false;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      if (root.scrollWidth <= root.clientWidth) done = follow(event.key === forward ? "next" : "prev");
    } else if (root.dataset.keys !== "off") {
      if (event.key === "/" && one("#q")) { one("#q").focus(); done = true; }
      if (event.key === "j") done = step(1);
      if (event.key === "k") done = step(-1);
    }
    if (done) event.preventDefault();
  });
}
