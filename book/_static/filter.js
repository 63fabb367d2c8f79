/* A filter above each table of the audit index: rows that lack a typed word are hidden. Without scripts all rows show. */
document.addEventListener("DOMContentLoaded", () => {
  const label = document.documentElement.lang.startsWith("zh") ? "筛选" : "Filter";
  document.querySelectorAll(".audit").forEach((box, place) => {
    const rows = [...box.querySelectorAll("tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
    const field = Object.assign(document.createElement("input"), { type: "search", id: `audit-filter-${place}` });
    const name = Object.assign(document.createElement("label"), { htmlFor: field.id, textContent: label });
    const count = Object.assign(document.createElement("output"), { htmlFor: field.id });
    const show = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const [row, text] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        left += !row.hidden;
      }
      count.textContent = `${left} / ${rows.length}`;
    };
    field.addEventListener("input", show);
    const bar = document.createElement("p");
    bar.className = "audit-filter";
    bar.append(name, field, count);
    box.prepend(bar);
    show();
  });
});
