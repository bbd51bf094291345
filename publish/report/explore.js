"use strict";
(() => {
  const data = JSON.parse(document.getElementById("explore-rows").textContent);
  const section = document.getElementById("explore");
  const NOTHING = "–", SPACE = "\u00a0";
  const pick = (name) => section.querySelector(`[name=${name}]`);
  const pickers = { month: pick("month"), segment: pick("segment"), source: pick("source"), owner: pick("owner") };
  // Halves are rounded to the even neighbour, as everywhere else in the page.
  const even = (value) => (Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value));
  const grouped = (value) => even(value).toLocaleString("en-US");
  const tenths = (value) => (Number.isInteger(value * 4) ? (even(value * 10) / 10).toFixed(1) : value.toFixed(1));

  const percent = (share) => {
    const text = tenths(share * 100);
    return (text === "100.0" && share < 1 ? "99.9" : text.replace(/\.0$/, "")) + "%";
  };
  const written = (kind, value) => {
    if (value === null) return NOTHING;
    if (kind === "share") return percent(value);
    return kind === "money" ? `${data.currency}${SPACE}${grouped(value)}` : grouped(value);
  };
  const gap = (kind, value) => {
    const sign = value > 0 ? "+" : value < 0 ? "−" : "±";
    const size = Math.abs(value);
    return sign + (kind === "share" ? `${tenths(size * 100)} pts` : written(kind, size));
  };

  const fill = (select, names, all) => {
    const options = [...(all ? [["", all]] : []), ...names.map((name, place) => [String(place), name])];
    for (const [value, name] of options) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = name;
      select.append(option);
    }
  };
  const chosen = () => Object.fromEntries(Object.entries(pickers).map(
    ([name, select]) => [name, select.value === "" ? null : Number(select.value)]));

  // A longer period is the one that holds the month; a week is one that begins in it.
  const holds = (place, month) => {
    const [start, end] = data.periods[place];
    return (start <= month && end >= month) || start.slice(0, 7) === month.slice(0, 7);
  };

  const target = (commitment, periods, filters, kind) => {
    const named = [["segment", 1], ["source", 2], ["owner", 3]].filter(([name]) => filters[name] !== null);
    if (named.length > 1 && kind !== "share") return null;
    const [slice, place] = named.length === 1 && kind !== "share" ? [named[0][1], filters[named[0][0]]] : [0, 0];
    const fitting = data.targets.filter((row) => row[0] === commitment && periods.has(row[1])
      && row[2] === slice && row[3] === place && row[4] !== null);
    if (!fitting.length) return null;
    return kind === "share" ? fitting[0][4] : fitting.reduce((sum, row) => sum + row[4], 0);
  };

  const commitments = (filters) => {
    const month = data.months[filters.month];
    const sums = data.commitments.map(() => [0, 0]);
    const periods = new Set(data.periods.map((_, place) => place).filter((place) => holds(place, month)));
    for (const [commitment, period, segment, source, owner, part, eligible] of data.parts) {
      if (periods.has(period)
        && (filters.segment === null || filters.segment === segment)
        && (filters.source === null || filters.source === source)
        && (filters.owner === null || filters.owner === owner)) {
        sums[commitment][0] += part;
        sums[commitment][1] += eligible;
      }
    }
    const promised = (place) => data.targets.some((row) => row[0] === place && periods.has(row[1]));
    return data.promised.map((one, place) => ({ place, one, sums: sums[place] }))
      .filter(({ place }) => promised(place))
      .map(({ place, one, sums: [part, eligible] }) => {
        const value = one.kind === "share" ? (eligible ? part / eligible : null) : part;
        const goal = target(place, periods, filters, one.kind);
        return [one.department, one.name, ["n", written(one.kind, goal), goal],
          ["n strong", written(one.kind, value), value],
          ["n", one.kind === "share" ? grouped(eligible) : NOTHING, one.kind === "share" ? eligible : null],
          ["n", value === null || goal === null ? NOTHING : gap(one.kind, value - goal), null]];
      });
  };

  const funnel = (filters) => {
    const sums = data.stages.map(() => [0, 0, 0]);
    for (const [month, segment, source, stage, ...figures] of data.funnel) {
      if (month === filters.month && stage >= 0
        && (filters.segment === null || filters.segment === segment)
        && (filters.source === null || filters.source === source)) {
        figures.forEach((figure, n) => { sums[stage][n] += figure || 0; });
      }
    }
    return sums.map(([visitors, entered, reached], place) => [data.named.stages[place],
      ["n", visitors ? grouped(visitors) : NOTHING, visitors],
      ["n", grouped(entered), entered], ["n strong", grouped(reached), reached]]);
  };

  const reps = (filters) => data.reps
    .filter(([month, owner]) => month === filters.month && (filters.owner === null || filters.owner === owner))
    .map(([, owner, ...figures]) => [data.named.owners[owner] || NOTHING,
      ...figures.map((figure, n) => ["n", written(n > 4 ? "money" : "count", figure), figure])]);

  const draw = (name, rows) => {
    const body = section.querySelector(`[data-table=${name}] tbody`);
    body.replaceChildren(...rows.map((row) => {
      const line = document.createElement("tr");
      row.forEach((cell, n) => {
        const made = document.createElement(n === 0 ? "th" : "td");
        if (n === 0) made.scope = "row";
        made.textContent = Array.isArray(cell) ? cell[1] : cell;
        if (Array.isArray(cell)) {
          made.className = cell[0];
          if (cell[2] !== null) made.dataset.value = cell[2];
        }
        line.append(made);
      });
      return line;
    }));
    section.querySelector(`[data-none=${name}]`).hidden = rows.length > 0;
  };

  const said = () => Object.values(pickers).map((select) => select.selectedOptions[0].textContent).join(", ");
  const show = () => {
    const filters = chosen();
    draw("commitments", commitments(filters));
    draw("funnel", funnel(filters));
    draw("reps", reps(filters));
    section.querySelector("[data-said]").textContent = `Showing ${said()}.`;
  };

  fill(pickers.month, data.named.months);
  fill(pickers.segment, data.named.segments, "every segment");
  fill(pickers.source, data.named.sources, "every source");
  fill(pickers.owner, data.named.owners, "every owner");
  pickers.month.value = String(Math.min(1, data.months.length - 1));
  section.addEventListener("change", show);
  show();
  section.hidden = false;
  document.getElementById("explore-link").hidden = false;
})();
