"use strict";
// Files of the evidence form: what is chosen or dropped adds up, a photo joins it, and the way to the
// server is shown. Without this script the form sends its files as any other.
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-upload]").forEach(addUpload));

function addUpload(form) {
  const field = form.querySelector("input[type=file]:not([data-camera])");
  const camera = form.querySelector("[data-camera]");
  const list = form.querySelector("[data-chosen]");
  const place = form.querySelector("[data-drop]");
  let kept = [];
  const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
  const join = (files) => {
    [...files].forEach((file) => { if (!kept.some((one) => same(one, file))) { kept.push(file); } });
    tell();
  };
  const tell = () => {
    const all = new DataTransfer();
    kept.forEach((file) => all.items.add(file));
    field.files = all.files;
    list.replaceChildren(...kept.map((file, number) => line(file, number)));
  };
  const line = (file, number) => {
    const row = document.createElement("li");
    const large = file.size > Number(list.dataset.largest) * 1048576;
    row.textContent = file.name + "（" + size(file.size) + "）" + (large ? "超过" + list.dataset.largest + "MB，不能上传 " : " ");
    row.classList.toggle("field-error", large || number >= Number(list.dataset.most));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link";
    button.textContent = "去掉";
    button.setAttribute("aria-label", "去掉" + file.name);
    button.addEventListener("click", () => { kept = kept.filter((one) => one !== file); tell(); field.focus(); });
    row.append(button);
    return row;
  };
  field.addEventListener("change", () => join(field.files));
  camera.addEventListener("change", () => { join(camera.files); camera.value = ""; });
  place.addEventListener("drop", (event) => join(event.dataTransfer.files));
  form.addEventListener("submit", (event) => { event.preventDefault(); tell(); send(form); });
}

const size = (bytes) => (bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + "KB" : (bytes / 1048576).toFixed(1) + "MB");

// The answer is the whole page; only what lies in its main part takes the place of this one.
function send(form) {
  const told = form.querySelector(".uploading");
  const bar = told.querySelector("progress");
  const words = told.querySelector("span");
  const button = form.querySelector("button[type=submit]");
  const request = new XMLHttpRequest();
  const failed = (text) => { words.textContent = text; button.disabled = false; };
  request.upload.addEventListener("progress", (event) => {
    bar.value = event.lengthComputable ? Math.floor((event.loaded / event.total) * 100) : 0;
    words.textContent = bar.value < 100 ? "正在上传，已完成" + bar.value + "%" : "已传到，正在核对和登记……";
  });
  request.addEventListener("load", () => {
    if (new URL(request.responseURL).pathname !== new URL(form.action).pathname) { location.assign(request.responseURL); return; }
    const main = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    if (!main || request.status >= 500) { failed("没有上传成功，请稍后再试。"); return; }
    const here = document.querySelector("main");
    here.replaceChildren(...main.childNodes);
    here.querySelectorAll("form[data-upload]").forEach(addUpload);
    here.querySelectorAll("[data-drop]").forEach(addDrop);
    takeWords(here);
    const first = here.querySelector(".alert") || here;
    first.tabIndex = -1;
    first.focus();
  });
  request.addEventListener("error", () => failed("网络中断，没有上传完；请检查网络后再点“上传”，所选文件还在。"));
  request.open("POST", form.action);
  request.send(new FormData(form));
  button.disabled = true;
  told.hidden = false;
  words.textContent = "正在上传……";
}
