"use strict";
// Everything here only helps: each page works without it.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-filter]").forEach(addFilter);
  document.querySelectorAll("[data-drop]").forEach(addDrop);
  document.querySelectorAll("[data-search]").forEach(addSearch);
  document.querySelectorAll("[data-pick-all]").forEach((box) => {
    box.addEventListener("change", () => {
      box.form.querySelectorAll("input[name=pick]").forEach((one) => { one.checked = box.checked; });
    });
  });
  document.querySelectorAll("[data-add-row]").forEach((button) => {
    button.addEventListener("click", () => addRow(button.closest("fieldset").querySelector("[data-rows]")));
  });
  document.querySelectorAll(".scroll").forEach((box) => { if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; } });
  document.querySelectorAll(".drawing").forEach(showBeginning);
  document.querySelectorAll("[data-tabs]").forEach(addTabs);
  document.querySelectorAll("form[data-draft]").forEach((form) => { applyConditions(form); foldUnasked(form); keepDrafts(form); });
  document.addEventListener("keydown", (event) => {
    const box = document.getElementById("top-q");
    if (box && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); box.focus(); box.select(); }
  });
  document.querySelectorAll(".with-menu textarea:not([readonly], [data-no-phrases])").forEach(addPhrases);
  document.querySelectorAll(".action-form").forEach(sendOnce);
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", () => copyText(document.getElementById(button.dataset.copy), button));
  });
  const complaints = document.getElementById("complaints");
  if (complaints) { complaints.focus(); }
});

// A drawing wider than its box is shown from where it begins: its topmost box stands in the middle.
function showBeginning(box) {
  const first = box.querySelector(".life-state");
  if (!first || box.scrollWidth <= box.clientWidth) { return; }
  const at = first.getBoundingClientRect();
  box.scrollLeft += at.left + at.width / 2 - box.getBoundingClientRect().left - box.clientWidth / 2;
}

// What is shown once goes to the clipboard; where the browser has none (plain http), it is selected.
function copyText(from, button) {
  const told = (done) => { button.textContent = done ? "已复制" : "已选中，请按Ctrl+C"; };
  if (navigator.clipboard) {
    navigator.clipboard.writeText(from.value || from.textContent).then(() => told(true), () => told(false));
    return;
  }
  if (from.select) { from.select(); } else { window.getSelection().selectAllChildren(from); }
  told(document.execCommand("copy"));
}

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

// A field that names something of a long register: what fits is looked up as one types.
function addSearch(field) {
  const list = document.getElementById(field.getAttribute("list"));
  const told = field.parentElement.querySelector("[data-found]");
  let timer = 0;
  const look = async () => {
    const words = field.value.trim();
    const answer = await fetch(field.dataset.search + "?q=" + encodeURIComponent(words), { redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok || field.value.trim() !== words) { return; }
    list.innerHTML = await answer.text();
    const total = Number(answer.headers.get("X-Total"));
    const shown = list.options.length;
    told.textContent = !total ? "名录中没有名称、代码符合的对象。"
      : "符合的" + total + "个" + (total > shown ? "，列出前" + shown + "个，请再输入几个字。" : "。");
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const chosen = [...list.options].find((one) => one.value === field.value.trim());
    if (chosen) { told.textContent = "已选：" + chosen.text + "。"; return; }
    timer = setTimeout(look, 300);
  });
}

// The phrases of the person and his department below a long field; they are read when asked for.
function addPhrases(field) {
  const fold = document.createElement("details");
  fold.className = "fold phrases";
  const label = field.labels && field.labels.length ? field.labels[0].textContent.trim() : "";
  fold.innerHTML = "<summary>常用语</summary><div>正在读取……</div>";
  fold.firstChild.setAttribute("aria-label", "常用语，填入" + label);
  fold.addEventListener("toggle", async () => {
    const answer = await fetch("/phrases/list");
    fold.lastChild.innerHTML = answer.ok ? await answer.text() : "没有读到，请刷新页面再试。";
    fold.querySelectorAll("[data-phrase]").forEach((line) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = "填入";
      button.setAttribute("aria-label", "填入：" + line.dataset.phrase);
      button.addEventListener("click", () => {
        field.setRangeText(line.dataset.phrase, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      line.append(" ", button);
    });
  }, { once: true });
  field.after(fold);
}

// One more row at the end of a table of inputs, with names counted on.
function addRow(table) {
  const body = table.tBodies[0];
  const place = body.rows.length;
  const row = body.rows[place - 1].cloneNode(true);
  takeBare(row);
  row.querySelectorAll("th").forEach((head) => { head.textContent = String(place + 1); });
  row.querySelectorAll("input, select, textarea").forEach((one) => {
    one.name = one.name.replace(/\.\d+\.([^.]+)$/, "." + place + ".$1");
    const label = one.getAttribute("aria-label");
    if (label) { one.setAttribute("aria-label", label.replace(/\d+/, String(place + 1))); }
    one.value = "";
  });
  body.append(row);
  takeWords(row);
  row.querySelector("input, select, textarea").focus();
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

// Fields that apply only under a condition are hidden, and not sent, while it does not hold.
function applyConditions(form) {
  const fields = [...form.querySelectorAll("[data-applies]")];
  const chosen = (name) => [...form.querySelectorAll(`[name="${name}"]`)]
    .filter((one) => (one.type === "radio" ? one.checked : true) && !one.closest("[hidden]")).map((one) => one.value);
  const apply = () => fields.forEach((field) => {
    const [name, values] = field.dataset.applies.split("=");
    const holds = chosen(name).some((one) => values.split("|").includes(one));
    field.hidden = !holds;
    field.querySelectorAll("input, select, textarea").forEach((one) => { one.disabled = !holds; });
  });
  if (fields.length) { apply(); form.addEventListener("change", apply); }
}

// Fields that nobody asks for yet are folded away; what the preview says is asked for comes back, and
// what is written in stays. They may be shown all the same, and are then sent as any other.
function foldUnasked(form) {
  const fields = [...form.querySelectorAll("[data-asked-for]")];
  const fold = form.querySelector("[data-show-unasked]");
  if (!fields.length || !fold) { return; }
  const label = (field) => (field.querySelector("legend, .form-label").firstChild.textContent).trim();
  const isBlank = (field) => [...field.querySelectorAll("input, select, textarea")]
    .every((one) => (one.type === "radio" || one.type === "checkbox" ? !one.checked || one.value === "" : one.value === ""));
  let all = false;
  const apply = () => {
    const told = form.querySelector("[data-unasked]");
    if (!told) { return; }
    const unasked = told.dataset.unasked.split(" ");
    fields.forEach((field) => {
      field.hidden = !all && unasked.includes(field.dataset.askedFor) && isBlank(field) && !field.contains(document.activeElement);
    });
    const left = fields.filter((field) => field.hidden);
    fold.hidden = !left.length;
    fold.querySelector("span").textContent = "现在不需要填写：" + left.map(label).join("、");
    fold.querySelector("button").textContent = "仍要填写这" + left.length + "项";
  };
  fold.querySelector("button").addEventListener("click", () => {
    const first = fields.find((field) => field.hidden);
    all = true;
    apply();
    first.querySelector("input, select, textarea").focus();
  });
  form.addEventListener("htmx:afterSwap", apply);
  apply();
}

// What is typed is kept as a draft two seconds after the last stroke; a page that was signed out says so.
function keepDrafts(form) {
  const told = document.getElementById("draft-told");
  let timer = 0;
  const keep = async () => {
    const sent = new FormData(form);
    sent.set("fetch", "1");
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(sent), redirect: "manual" }).catch(() => null);
    if (answer && (answer.ok || answer.status === 413)) { told.textContent = await answer.text(); }
    else if (answer && answer.type === "opaqueredirect") { told.textContent = "登录已超时：请在新窗口登录，再回到本页提交；本页的内容还在。"; }
    else { told.textContent = "草稿没有保存成功，稍后自动再试。"; }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 2000); });
  form.addEventListener("submit", () => clearTimeout(timer));
}

// One part of a long page at a time; without scripts the same links lead down the whole page.
function addTabs(tabs) {
  const links = [...tabs.querySelectorAll("a[href^='#']")];
  const panels = [...document.querySelectorAll("[data-panel]")];
  const show = () => {
    const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const panel = panels.find((one) => wanted && one.contains(wanted)) || panels[0];
    panels.forEach((one) => { one.hidden = one !== panel; });
    links.forEach((link, place) => { link.toggleAttribute("aria-current", panels[place] === panel); if (panels[place] === panel) { link.setAttribute("aria-current", "true"); } });
  };
  window.addEventListener("hashchange", show);
  show();
}
