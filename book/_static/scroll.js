/* What is wider than the page scrolls within itself: reachable by keyboard, and a table says by its caption what it is.
   The theme gives tables their place in the order of keys, but no name, and figures nothing. */
document.addEventListener("DOMContentLoaded", () => {
  const name = (box) => (box.querySelector("caption") || document.querySelector("h1")).textContent.replace(/\s+/g, " ").trim();
  const mark = (box) => {
    const wide = box.scrollWidth > box.clientWidth;
    const table = !box.matches("figure");
    box.tabIndex = wide ? 0 : -1;
    if (!wide || !table) ["role", "aria-label"].forEach((key) => box.removeAttribute(key));
    else Object.entries({ role: "region", "aria-label": name(box) }).forEach(([key, value]) => box.setAttribute(key, value));
  };
  const seen = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
  document.querySelectorAll(".exhibit figure, .pst-scrollable-table-container, div.math").forEach((box) => seen.observe(box));
});
