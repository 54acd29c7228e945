// What a page needs a script for: the "/" key, dkfds, the CSRF token of htmx, copying a link, printing, and the current tab in sight.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.getElementById("find");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

document.addEventListener("click", (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const field = document.getElementById(copy.dataset.copy);
    field.select();
    navigator.clipboard?.writeText(field.value);
    copy.textContent = "Kopieret";
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token) event.detail.headers["X-CSRFToken"] = token.content;
});

document.addEventListener("DOMContentLoaded", () => {
  DKFDS.init();
  const errors = document.querySelector(".errors");
  if (errors) errors.focus();
  const tab = document.querySelector(".tab-list [aria-current]");
  const list = tab?.closest(".tab-list");
  if (list) list.scrollLeft = tab.getBoundingClientRect().left - list.getBoundingClientRect().left;
});
