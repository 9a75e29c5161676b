"use strict";
// Language switch, filter and print; the page is complete without them.
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const find = document.getElementById("find");
  const shown = document.getElementById("shown");
  const waived = document.getElementById("waived");
  const levels = all(".filter input[type=checkbox]").filter((box) => box !== waived);
  const cards = all("article[data-find]");
  const rows = all("tr[data-find]");
  const words = new Map();

  const word = (element) => element.dataset[root.lang === "en" ? "en" : "zh"];
  const wordsOf = (element) => {
    if (!words.has(element)) words.set(element, element.textContent.toLowerCase());
    return words.get(element);
  };
  const toggle = (element, on) => element.toggleAttribute("data-off", !on);

  function filter() {
    if (!find) return;
    const wanted = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const on = new Set(levels.filter((box) => box.checked).map((box) => box.value));
    const fits = (element) => wanted.every((part) => wordsOf(element).includes(part));
    let count = 0;
    for (const card of cards) {
      const allowed = !waived || waived.checked || !("waived" in card.dataset);
      const fit = allowed && on.has(card.dataset.level) && fits(card);
      count += fit;
      toggle(card, fit);
    }
    for (const row of rows) toggle(row, fits(row));
    for (const group of all(".group")) {
      const some = group.querySelector("article:not([data-off])") !== null;
      toggle(group, some);
      if (some && wanted.length) group.open = true;
    }
    shown.textContent = word(shown).replace("##", cards.length).replace("#", count); // ## first
  }

  function speak(language) {
    root.lang = language;
    document.title = document.body.dataset[language === "en" ? "titleEn" : "titleZh"];
    for (const button of all("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
    if (find) {
      find.placeholder = word(find);
      find.setAttribute("aria-label", word(find));
    }
    filter();
  }

  for (const element of all(".switch, .filter")) element.hidden = false;
  for (const button of all("[data-language]")) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  for (const button of all("[data-look]")) {
    button.addEventListener("click", () => {
      find.value = button.dataset.look;
      filter();
      document.querySelector(".group:not([data-off])")?.scrollIntoView();
    });
  }
  document.querySelector("[data-print]").addEventListener("click", () => print());
  const clear = () => {
    find.value = "";
    for (const box of all(".filter input[type=checkbox]")) box.checked = true;
    filter();
  };
  document.querySelector("[data-clear]")?.addEventListener("click", clear);
  find?.addEventListener("input", filter);
  for (const box of all(".filter input[type=checkbox]")) box.addEventListener("change", filter);

  const openTarget = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (find && target.closest("[data-off]")) clear();
    const group = target.closest("details");
    if (group && !group.open) {
      group.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", openTarget);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const element of closed) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const element of closed) element.open = false;
  });

  openTarget();
  speak(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-CN");
})();
