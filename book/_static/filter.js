/* A filter above each table of the audit index: rows, and items of a row, that lack a typed word are hidden; what a row
   says beside its items belongs to each of them. Without scripts all show. */
document.addEventListener("DOMContentLoaded", () => {
  const label = document.documentElement.lang.startsWith("zh") ? "筛选" : "Filter";
  document.querySelectorAll(".audit").forEach((box, place) => {
    const said = (place) => place.textContent.toLowerCase();
    const rows = [...box.querySelectorAll("tbody tr")].map((row) => {
      const items = [...row.querySelectorAll("li")];
      const shared = [...row.cells].filter((cell) => !cell.querySelector("li")).map(said).join(" ");
      return [row, items.length ? items.map((item) => [item, `${said(item)} ${shared}`]) : [[row, said(row)]]];
    });
    const all = rows.reduce((sum, [, parts]) => sum + parts.length, 0);
    const field = Object.assign(document.createElement("input"), { type: "search", id: `audit-filter-${place}` });
    const name = Object.assign(document.createElement("label"), { htmlFor: field.id, textContent: label });
    const count = Object.assign(document.createElement("output"), { htmlFor: field.id });
    const show = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const [row, parts] of rows) {
        for (const [part, text] of parts) part.hidden = !words.every((word) => text.includes(word));
        const shown = parts.filter(([part]) => !part.hidden).length;
        row.hidden = shown === 0;
        left += shown;
      }
      count.textContent = `${left} / ${all}`;
    };
    field.addEventListener("input", show);
    const bar = document.createElement("p");
    bar.className = "audit-filter";
    bar.append(name, field, count);
    box.prepend(bar);
    show();
  });
});
