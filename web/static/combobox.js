"use strict";
// A long list to choose from takes words: the select stays the form's own and holds the value, the
// field in its place says what is chosen and narrows the list. Without this script it is a select.
const COMBO_FROM = 13;
const plain = (text) => text.normalize("NFKC").toLowerCase().trim();

document.addEventListener("DOMContentLoaded", () => takeWords(document));

// Every long list within a part of the page.
function takeWords(part) {
  part.querySelectorAll("select:not([multiple], [data-plain])").forEach((select) => {
    if (select.options.length >= COMBO_FROM) { new Combobox(select); }
  });
}

// A copied row brings copies of fields that listen to nothing: their selects are bare again.
function takeBare(part) {
  part.querySelectorAll(".combo").forEach((around) => {
    const select = around.querySelector("select");
    select.classList.remove("visually-hidden");
    select.removeAttribute("tabindex");
    select.removeAttribute("aria-hidden");
    around.replaceWith(select);
  });
}

class Combobox {
  constructor(select) {
    this.select = select;
    this.base = select.id || "combo-" + document.querySelectorAll(".combo").length;
    this.input = this.field();
    this.list = this.part("div", { id: this.base + "-list", role: "listbox", class: "combo-list", hidden: "" });
    this.told = this.part("span", { class: "visually-hidden", role: "status" });
    const around = this.part("span", { class: "combo" });
    select.before(around);
    around.append(this.input, this.list, this.told, select);
    select.classList.add("visually-hidden");
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
    this.listen();
    this.say();
  }

  part(tag, attributes) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }

  field() {
    const select = this.select;
    const input = this.part("input", {
      type: "text", id: this.base + "-find", class: select.className, role: "combobox", autocomplete: "off",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.base + "-list",
    });
    ["aria-label", "aria-describedby", "aria-invalid"].forEach((name) => {
      if (select.hasAttribute(name)) { input.setAttribute(name, select.getAttribute(name)); }
    });
    if (select.required) { input.setAttribute("aria-required", "true"); }
    [...(select.labels || [])].forEach((label) => { label.htmlFor = input.id; });
    return input;
  }

  listen() {
    const { input, select, list } = this;
    input.addEventListener("input", (event) => { event.stopPropagation(); this.open(input.value); });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("click", () => { if (list.hidden) { this.open(""); input.select(); } });
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("blur", () => this.leave());
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const line = event.target.closest("[role=option]");
      if (line) { this.take(line); }
    });
    select.addEventListener("change", () => this.say());
    select.addEventListener("focus", () => input.focus());
    select.addEventListener("invalid", () => input.classList.add("is-invalid"));
    new MutationObserver(() => this.say()).observe(select, { childList: true, subtree: true });
    window.addEventListener("pageshow", () => this.say());
    const follow = (event) => { if (!list.hidden && event.target !== list) { this.place(); } };
    window.addEventListener("scroll", follow, true);
    window.addEventListener("resize", follow);
  }

  // What is chosen, in the field; what stands for nothing is only hinted at.
  say() {
    const chosen = this.select.selectedOptions[0];
    const blank = [...this.select.options].find((one) => one.value === "");
    this.input.placeholder = (blank ? blank.text + "：" : "") + "输入字词查找";
    this.input.value = chosen && chosen.value !== "" ? chosen.text : "";
    this.input.title = this.input.value;
    this.input.disabled = this.select.matches(":disabled") && !this.select.closest("[hidden]");
  }

  fitting(text) {
    const words = plain(text).split(/\s+/).filter(Boolean);
    return [...this.select.options].filter((one) => {
      const group = one.parentElement.label || "";
      return words.every((word) => plain(group + " " + one.text).includes(word));
    });
  }

  open(text) {
    const found = this.fitting(text);
    this.list.replaceChildren();
    let group = null;
    let into = this.list;
    found.forEach((one) => {
      if (one.parentElement !== group) {
        group = one.parentElement;
        into = this.list;
        if (group.label) {
          into = this.part("div", { role: "group", "aria-label": group.label });
          const head = this.part("div", { class: "combo-group", "aria-hidden": "true" });
          head.textContent = group.label;
          into.append(head);
          this.list.append(into);
        }
      }
      const line = this.part("div", { role: "option", id: this.base + "-option-" + one.index, "aria-selected": "false" });
      line.textContent = one.text;
      line.dataset.index = one.index;
      into.append(line);
    });
    if (!found.length) {
      const none = this.part("div", { class: "combo-none", "aria-hidden": "true" });
      none.textContent = "没有符合的选项";
      this.list.append(none);
    }
    this.told.textContent = text ? (found.length ? "找到" + found.length + "项" : "没有符合的选项") : "";
    this.place();
    const first = text ? found.find((one) => one.value !== "") : this.select.selectedOptions[0];
    this.point(first && document.getElementById(this.base + "-option-" + first.index));
  }

  // Below the field or, near the window's end, above it; nothing that scrolls cuts it off.
  place() {
    const box = this.input.getBoundingClientRect();
    const below = window.innerHeight - box.bottom - 8;
    const above = box.top - 8;
    const most = Math.min(320, Math.max(below, above));
    this.list.hidden = false;
    this.list.style.left = box.left + "px";
    this.list.style.minWidth = box.width + "px";
    this.list.style.maxHeight = most + "px";
    this.list.style.top = below >= Math.min(most, 200) ? box.bottom + 2 + "px" : "auto";
    this.list.style.bottom = below >= Math.min(most, 200) ? "auto" : window.innerHeight - box.top + 2 + "px";
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = null;
  }

  point(line) {
    if (this.active) { this.active.setAttribute("aria-selected", "false"); }
    this.active = line || null;
    if (!line) { this.input.removeAttribute("aria-activedescendant"); return; }
    line.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const lines = [...this.list.querySelectorAll("[role=option]")];
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) { this.open(""); return; }
      const at = lines.indexOf(this.active);
      this.point(lines[Math.max(0, Math.min(lines.length - 1, at + step))]);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      if (this.active) { this.take(this.active); }
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
      this.say();
    }
  }

  take(line) {
    this.choose(Number(line.dataset.index));
    this.close();
  }

  choose(index) {
    this.input.classList.remove("is-invalid");
    if (this.select.selectedIndex === index) { this.say(); return; }
    this.select.selectedIndex = index;
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Whoever leaves the field with words in it meant the one thing they fit; blank means none.
  leave() {
    const typed = this.input.value.trim();
    const found = this.fitting(typed).filter((one) => one.value !== "");
    const exact = found.filter((one) => plain(one.text) === plain(typed));
    const blank = [...this.select.options].find((one) => one.value === "");
    if (!typed && blank) { this.choose(blank.index); }
    else if (exact.length === 1 || found.length === 1) { this.choose((exact[0] || found[0]).index); }
    this.close();
    this.say();
  }
}
