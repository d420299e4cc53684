"use strict";
// Sorting, filtering, copying and links. The page reads without any of it, so each control is made here.
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const data = JSON.parse(document.getElementById("data").textContent);
  const plural = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
  // What was done is said aloud, and shown beside the control, where it covers nothing.
  const said = document.getElementById("said");
  const told = made("span", "", { className: "told", ariaHidden: "true" });
  let clearing;
  const say = (text, controls) => {
    controls.append(told);
    said.textContent = told.textContent = text;
    clearing = (clearTimeout(clearing), setTimeout(() => { said.textContent = told.textContent = ""; }, 4000));
  };

  // Sorting: first the way in which the best stands on top for most numbers, from high to low; missing ones last.
  const compared = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en", { numeric: true }) : x - y;
  };
  const sort = (table, head) => {
    const direction = head.getAttribute("aria-sort") === "descending" ? "ascending" : "descending";
    const place = head.cellIndex;
    all("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", direction);
    const order = (row) => row.cells[place]?.dataset.order;
    const rows = [...table.tBodies[0].rows];
    const [known, missing] = [rows.filter((row) => order(row) !== undefined), rows.filter((row) => order(row) === undefined)];
    known.sort((a, b) => compared(order(a), order(b)) * (direction === "ascending" ? 1 : -1));
    table.tBodies[0].append(...known, ...missing);
    say(`sorted by ${head.querySelector(".label").textContent}, ${direction}`, table.closest(".sheet").querySelector(".acts"));
  };
  for (const head of all("thead th")) {
    const button = made("button", "", { type: "button" });
    button.append(head.querySelector(".label"));
    button.addEventListener("click", () => sort(head.closest("table"), head));
    head.prepend(button);
  }

  // Copying exactly what a table shows: hidden rows and columns are left out.
  const shown = (element) => !element.closest("[hidden]");
  const words = (element) => (element?.textContent ?? "").trim().replace(/\s+/g, " ");
  const text = (cell) => [words(cell.querySelector(".label, .value")), ...all("small:not(.hint)", cell).map(words)].filter(Boolean).join(" ");
  const grid = (table) => [...table.rows].filter(shown).map((row) => [...row.cells].filter(shown));
  const tidy = (value) => {
    const plain = value.replace(/^[\u2212-](?=[.\d])/, "-");
    const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain);
    const safe = number || !/^[=+@\-\t\r]/.test(plain) ? plain : `'${plain}`;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = (table) => {
    const [heads, ...rows] = grid(table);
    const names = heads.map((_, column) => [...new Set(rows.flatMap((row) => (row[column] ? all("[data-part]", row[column]) : []).map((part) => part.dataset.part)))]);
    const line = (cells) => cells.map(tidy).join(",");
    const value = (cell) => (/^[\u2013-]$/.test(words(cell.querySelector(".value"))) ? "" : words(cell.querySelector(".value")));
    const part = (cell, name) => all("[data-part]", cell).find((one) => one.dataset.part === name)?.dataset.value ?? "";
    return [
      line(heads.flatMap((head, column) => [words(head.querySelector(".label")), ...names[column].map((name) => `${words(head.querySelector(".label"))} ${name}`)])),
      ...rows.map((row) => line(row.flatMap((cell, column) => [value(cell), ...names[column].map((name) => part(cell, name))]))),
    ].join("\n") + "\n";
  };
  const special = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\u2212": "$-$", "\u2013": "--", "\u00b1": "$\\pm$", "[": "{[}", "]": "{]}" };
  const latex = (table) => {
    const rows = grid(table).map((row) => row.map((cell) => text(cell).replace(/[\\~^<>|\u2212\u2013\u00b1&%$#_{}[\]]/g, (one) => special[one] ?? `\\${one}`)).join(" & ") + " \\\\");
    const columns = "l" + "r".repeat(Math.max(0, grid(table)[0].length - 1));
    return [`\\begin{tabular}{${columns}}`, "\\toprule", rows[0], "\\midrule", ...rows.slice(1), "\\bottomrule", "\\end{tabular}"].join("\n") + "\n";
  };
  const markdown = (table) => {
    const rows = grid(table).map((row) => `| ${row.map((cell) => text(cell).replace(/[\\|`*_[\]]/g, "\\$&").replaceAll("<", "&lt;")).join(" | ")} |`);
    return [rows[0], `|${" --- |".repeat(grid(table)[0].length)}`, ...rows.slice(1)].join("\n") + "\n";
  };
  const byHand = (content) => {
    const field = made("textarea", content, { readOnly: true });
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  };
  const copy = async (content, name, controls) => {
    const done = await navigator.clipboard?.writeText(content).then(() => true, () => false) || byHand(content);
    say(done ? `copied as ${name}` : "this browser does not let a page copy", controls);
  };
  const copying = (name, content) => {
    const button = made("button", name, { type: "button", className: "act" });
    button.addEventListener("click", () => copy(content(), name, button.parentElement));
    return button;
  };
  for (const sheet of all(".sheet")) {
    const table = sheet.querySelector("table");
    const acts = made("div", "copy as ", { className: "acts" });
    for (const [name, write] of [["CSV", csv], ["LaTeX", latex], ["Markdown", markdown]]) {
      const button = copying(name, () => write(table));
      button.setAttribute("aria-label", `copy as ${name}: ${words(table.caption.querySelector("bdi"))}`);
      acts.append(button);
    }
    sheet.querySelector(".box").after(acts);
  }
  all(".copied").forEach((box) => box.append(copying("copy the plan as YAML", () => box.querySelector("pre").textContent)));

  // Filtering: an element stays where it says nothing of a filter, or what is chosen.
  const form = document.getElementById("filters");
  const chosen = () => all("select", form).filter((select) => select.value).map((select) => [select.name, select.value]);
  const filter = () => {
    const asked = chosen();
    const fits = (element) => asked.every(([name, value]) => !(name in element.dataset) || element.dataset[name] === value);
    all(".sheet, .suite, .reading, .jump li, tbody tr").forEach((element) => { element.hidden = !fits(element); });
    for (const head of all("thead th")) {
      const hidden = !fits(head);
      for (const row of head.closest("table").rows) if (row.cells[head.cellIndex]) row.cells[head.cellIndex].hidden = hidden;
    }
    for (const sheet of all(".sheet:not([hidden])")) sheet.hidden = !all("tbody tr:not([hidden])", sheet).length;
    return all(".sheet").filter(shown).length;
  };
  for (const [name, choices] of data.filters) {
    const field = made("div", "", { className: "field" });
    const select = made("select", "", { name, id: `filter-${name}` });
    select.append(made("option", "all", { value: "" }), ...choices.map((choice) => made("option", choice, { value: choice })));
    field.append(made("label", name, { htmlFor: select.id }), select);
    form.append(field);
  }
  const reset = made("button", "show all", { type: "button", className: "act" });
  form.append(reset);
  form.hidden = !data.filters.length;
  const changed = () => {
    const asked = new URLSearchParams(chosen()).toString();
    history.replaceState(null, "", asked ? `#filter&${asked}` : location.pathname + location.search);
    say(`${plural(filter(), "table")} shown`, form);
  };
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", () => { all("select", form).forEach((select) => { select.value = ""; }); changed(); });

  // Links: #filter&suite=nico shows a choice, any other goes to a place and opens what it is folded in.
  const follow = () => {
    const asked = location.hash.slice(1);
    if (asked.startsWith("filter&")) {
      const wanted = new URLSearchParams(asked.slice(7));
      all("select", form).forEach((select) => { select.value = wanted.get(select.name) ?? ""; });
      filter();
      return;
    }
    const place = document.getElementById(asked);
    for (let outer = place; outer; outer = outer.parentElement) if (outer.tagName === "DETAILS") outer.open = true;
    place?.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();

  // A printed page has nothing folded.
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("details:not([open])"); closed.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
})();
