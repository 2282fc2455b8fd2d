"use strict";
// Everything here only helps: each page works without it.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-filter]").forEach(addFilter);
  document.querySelectorAll("[data-drop]").forEach(addDrop);
  document.querySelectorAll("[data-pick-all]").forEach((box) => {
    box.addEventListener("change", () => {
      box.form.querySelectorAll("input[name=pick]").forEach((one) => { one.checked = box.checked; });
    });
  });
  document.querySelectorAll("[data-add-row]").forEach((button) => {
    button.addEventListener("click", () => addRow(button.closest("fieldset").querySelector("[data-rows]")));
  });
  document.querySelectorAll(".action-form").forEach(sendOnce);
  const complaints = document.getElementById("complaints");
  if (complaints) { complaints.focus(); }
});

// A second click while the first is on its way sends nothing; after going back one may send again.
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.hasAttribute("formaction")) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => { delete form.dataset.sent; });
}

// A box above a long list of things to pick, which hides what does not fit.
function addFilter(list) {
  const rows = [...list.querySelectorAll("label")];
  if (rows.length < 13) { return; }
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control form-control-sm filter-box";
  box.placeholder = "输入字词，缩小范围";
  box.setAttribute("aria-label", list.dataset.filter + "：输入字词，缩小范围");
  box.addEventListener("input", () => {
    const word = box.value.trim();
    rows.forEach((row) => {
      row.hidden = word !== "" && !row.textContent.includes(word) && !row.querySelector("input").checked;
    });
    list.querySelectorAll(".picks-group").forEach((head) => { head.hidden = word !== ""; });
  });
  list.before(box);
}

// One more row at the end of a table of inputs, with names counted on.
function addRow(table) {
  const body = table.tBodies[0];
  const place = body.rows.length;
  const row = body.rows[place - 1].cloneNode(true);
  row.querySelectorAll("th").forEach((head) => { head.textContent = String(place + 1); });
  row.querySelectorAll("input, select").forEach((one) => {
    one.name = one.name.replace(/\.\d+\.([^.]+)$/, "." + place + ".$1");
    const label = one.getAttribute("aria-label");
    if (label) { one.setAttribute("aria-label", label.replace(/\d+/, String(place + 1))); }
    one.value = "";
  });
  body.append(row);
  row.querySelector("input, select").focus();
}

// Files dropped on a place for files go into its field.
function addDrop(place) {
  const field = place.querySelector("input[type=file]");
  ["dragenter", "dragover"].forEach((name) => place.addEventListener(name, (event) => {
    event.preventDefault();
    place.classList.add("drop-over");
  }));
  ["dragleave", "drop"].forEach((name) => place.addEventListener(name, () => place.classList.remove("drop-over")));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    field.files = event.dataTransfer.files;
  });
}
