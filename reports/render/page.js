/* Sorting, filtering, and a State's answer beside its cell. The page is whole without it. */
(function () {
  "use strict";
  var table = document.querySelector("table.main");
  if (!table || !table.tHead || !table.tBodies.length) return;
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var form = document.querySelector("form");
  var compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  /* ---- filter ---- */

  var search = form.elements.search, level = form.elements.level, said = form.querySelector("output");

  function filter() {
    var wanted = search.value.trim().toLocaleLowerCase(), shade = level ? level.value : "", shown = 0;
    rows.forEach(function (row) {
      var hit = !wanted || row.cells[0].textContent.toLocaleLowerCase().indexOf(wanted) >= 0;
      var any = !shade;
      Array.prototype.forEach.call(row.cells, function (cell) {
        var same = shade && cell.classList.contains(shade);
        any = any || same;
        cell.classList.toggle("dim", Boolean(shade) && cell.classList.contains("level") && !same);
      });
      row.hidden = !(hit && any);
      shown += row.hidden ? 0 : 1;
    });
    said.textContent = form.dataset.shown.replace("%1", shown).replace("%2", rows.length);
  }

  search.addEventListener("input", filter);
  if (level) level.addEventListener("change", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
  filter();

  /* ---- sort ---- */

  var heads = table.tHead.rows[0].cells;

  /* The first column comes back in the order of the page, which is that of the register or the documents. */
  function key(row, column) {
    if (column === 0) return rows.indexOf(row);
    var cell = row.cells[column], shade = /\bs(\d+)\b/.exec(cell.className);
    if (shade) return Number(shade[1]);
    var text = cell.textContent.trim();
    return cell.classList.contains("number") && text !== "" ? Number(text) : text;
  }

  function order(column, down) {
    var keyed = rows.map(function (row, place) { return { row: row, key: key(row, column), place: place }; });
    keyed.sort(function (a, b) {
      var empty = (a.key === "") - (b.key === "");
      var by = typeof a.key === "number" && typeof b.key === "number" ? a.key - b.key : compare(a.key, b.key);
      return empty || (down ? -by : by) || a.place - b.place;
    });
    keyed.forEach(function (item) { body.appendChild(item.row); });
  }

  Array.prototype.forEach.call(heads, function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", form.dataset.sort.replace("%1", head.textContent.trim()));
    button.textContent = "\u2195";
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      Array.prototype.forEach.call(heads, function (other) {
        other.removeAttribute("aria-sort");
        other.querySelector("button").textContent = "\u2195";
      });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      button.textContent = down ? "\u25BC" : "\u25B2";
      order(column, down);
    });
    head.appendChild(document.createTextNode(" "));
    head.appendChild(button);
  });

  /* ---- answers ---- */

  var dialog = document.querySelector("dialog"), answers = document.querySelector("table.answers");
  if (!dialog || !answers || !dialog.showModal) return;
  var names = Array.prototype.map.call(answers.tHead.rows[0].cells, function (cell) { return cell.textContent; });

  function copy(from, into) {
    Array.prototype.forEach.call(from.childNodes, function (node) { into.appendChild(node.cloneNode(true)); });
    if (from.lang) into.lang = from.lang;
  }

  function add(tag, parent) {
    return parent.appendChild(document.createElement(tag));
  }

  function show(link) {
    var row = document.getElementById(link.hash.slice(1));
    var place = row.cells[0].querySelector("a");
    var text = place && document.getElementById(place.hash.slice(1));
    var content = dialog.querySelector("div");
    content.textContent = "";
    var title = add("h2", content);
    title.id = "dialog-title";
    title.textContent = link.closest("tr").cells[0].textContent;
    if (text) copy(text.cells[1], add("blockquote", content));
    var list = add("dl", content);
    Array.prototype.forEach.call(row.cells, function (cell, i) {
      if (!cell.textContent.trim()) return;
      add("dt", list).textContent = names[i];
      copy(cell, add("dd", list));
    });
    dialog.showModal();
  }

  body.addEventListener("click", function (event) {
    var link = event.target.closest("td.level a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link);
  });
  dialog.querySelector("button").addEventListener("click", function () { dialog.close(); });
  dialog.addEventListener("click", function (event) {
    if (event.target === dialog || event.target.closest("a[href^='#']")) dialog.close();
  });
})();
