/* The reader's own weights: the ranking follows the sliders. The same arithmetic as evalcore.chapters.weights; data come
   as a script, not by fetch, so that the page works from disk. Without scripts the published table stands alone. */
(() => {
  const SCALE = 100;

  /* Composite of one entity in one row of draws; null where nothing with weight applies. */
  const composite = (page, row, entity, weights) => {
    let total = 0;
    let sum = 0;
    page.dimensions.forEach((_, d) => {
      let inside = 0;
      let points = 0;
      page.indicators.forEach((indicator, k) => {
        if (indicator.dimension !== d || page.state[entity][k] === 0) return;
        inside += weights.indicators[k];
        points += weights.indicators[k] * page.points[row][entity][k] / SCALE;
      });
      if (inside <= 0) return;
      const asked = page.panel && page.panel[row][entity][d] !== null;
      const own = points / inside;
      const score = asked ? (1 - page.share) * own + page.share * page.panel[row][entity][d] / SCALE : own;
      sum += weights.dimensions[d];
      total += weights.dimensions[d] * score;
    });
    return sum > 0 ? total / sum : null;
  };

  /* Linear interpolation between order statistics, as numpy does. */
  const quantile = (sorted, share) => {
    const at = share * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  };

  /* entity, rank, score, lower, upper, best first; equal scores share a rank. */
  const ranking = (page, weights) => {
    const tail = (1 - page.interval) / 2;
    const rows = page.points.map((_, row) => page.entities.map((_, e) => composite(page, row, e, weights)));
    const [point, ...draws] = rows;
    return page.entities
      .map((entity, e) => {
        const drawn = draws.map((draw) => draw[e]).sort((a, b) => a - b);
        const rank = 1 + point.filter((other) => other > point[e] + 1e-9).length;
        return { entity, rank, score: point[e], lower: quantile(drawn, tail), upper: quantile(drawn, 1 - tail) };
      })
      .filter((row) => row.score !== null)
      .sort((a, b) => a.rank - b.rank);
  };

  const own = (page) => ({
    dimensions: page.dimensions.map((part) => part.weight),
    indicators: page.indicators.map((part) => part.weight),
  });

  /* Weights in the address: dimensions, then indicators; what does not fit the edition is not taken. */
  const written = (weights) => `#w=${weights.dimensions.join(",")};${weights.indicators.join(",")}`;
  const read = (hash, page) => {
    const found = /^#w=([\d.,]+);([\d.,]+)$/.exec(hash);
    if (!found) return null;
    const [dimensions, indicators] = [found[1], found[2]].map((list) => list.split(",").map(Number));
    const fits = dimensions.length === page.dimensions.length && indicators.length === page.indicators.length;
    return fits && [...dimensions, ...indicators].every((w) => w >= 0 && w <= 100) ? { dimensions, indicators } : null;
  };

  const made = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const start = (box, page) => {
    const say = JSON.parse(box.dataset.words);
    const lang = box.dataset.lang;
    const name = (part) => part.name[lang];
    const first = own(page);
    let weights = read(location.hash, page) || structuredClone(first);
    const started = new Map(ranking(page, first).map((row) => [row.entity.id, row.rank]));
    const sliders = [];

    const slider = (kind, index, part) => {
      const id = `weight-${kind}-${index}`;
      const output = made("output", { htmlFor: id });
      const input = made("input", { type: "range", id, min: 0, max: 100, step: 1 });
      const show = () => {
        input.value = weights[kind][index];
        output.textContent = String(weights[kind][index]);
      };
      input.addEventListener("input", () => {
        weights[kind][index] = Number(input.value);
        output.textContent = input.value;
        update();
      });
      sliders.push(show);
      return made("div", { className: "weight" }, made("label", { htmlFor: id, textContent: name(part) }), input, output);
    };

    const fold = (dimension, d) => {
      const inside = page.indicators.map((part, k) => [part, k]).filter(([part]) => part.dimension === d);
      const label = say.inside.replace("{name}", name(dimension));
      const rows = inside.map(([part, k]) => slider("indicators", k, part));
      const more = made("details", {}, made("summary", { textContent: label }), ...rows);
      return made("div", { className: "weight-group" }, slider("dimensions", d, dimension), more);
    };

    const body = made("tbody", {});
    const heads = [say.rank, say.entity, say.score, say.interval, say.change];
    const head = made("tr", {}, ...heads.map((text) => made("th", { scope: "col", textContent: text })));
    const caption = made("caption", { textContent: say.caption });
    const table = made("table", { className: "table" }, caption, made("thead", {}, head), body);
    const status = made("p", { className: "weights-status" });
    status.setAttribute("role", "status");

    const bar = (row) => {
      const line = made("span", { className: "weight-bar" });
      line.setAttribute("aria-hidden", "true");
      const mark = made("span", { className: "weight-point" });
      const band = made("span", { className: "weight-band" });
      band.style.left = `${row.lower}%`;
      band.style.width = `${row.upper - row.lower}%`;
      mark.style.left = `${row.score}%`;
      line.append(band, mark);
      return line;
    };

    const moved = (row) => {
      const step = started.get(row.entity.id) - row.rank;
      return step === 0 ? say.same : `${step > 0 ? "▲" : "▼"} ${Math.abs(step)}`;
    };

    const update = () => {
      const rows = ranking(page, weights);
      body.replaceChildren(...rows.map((row) => made("tr", {},
        made("td", { textContent: String(row.rank) }),
        made("th", { scope: "row", textContent: name(row.entity) }),
        made("td", {}, row.score.toFixed(1), bar(row)),
        made("td", { textContent: `${row.lower.toFixed(1)}–${row.upper.toFixed(1)}` }),
        made("td", { textContent: moved(row) }))));
      status.textContent = rows.length ? say.leads.replace("{name}", name(rows[0].entity)) : say.nothing;
      const same = written(weights) === written(first);
      history.replaceState(null, "", same ? location.pathname + location.search : written(weights));
    };
    const all = () => {
      sliders.forEach((show) => show());
      update();
    };

    const reset = made("button", { type: "button", textContent: say.reset });
    reset.addEventListener("click", () => {
      weights = structuredClone(first);
      all();
    });
    const link = made("button", { type: "button", textContent: say.link });
    link.addEventListener("click", async () => {
      await navigator.clipboard?.writeText(location.href).then(() => { status.textContent = say.copied; }, () => {});
    });
    addEventListener("hashchange", () => {
      weights = read(location.hash, page) || structuredClone(first);
      all();
    });
    const controls = made("fieldset", {}, made("legend", { textContent: say.weights }), ...page.dimensions.map(fold));
    const buttons = made("p", { className: "weight-buttons" }, reset, link);
    box.replaceChildren(made("div", { className: "weights-controls" }, controls, buttons),
      made("div", { className: "weights-result" }, table, status));
    all();
  };

  window.evalcoreWeights = { ranking, own, read, written };
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector(".reader-weights");
    if (!box) return;
    const script = made("script", { src: box.dataset.source });
    script.addEventListener("load", () => start(box, window.evalcoreWeightsPage));
    document.body.append(script);
  });
})();
