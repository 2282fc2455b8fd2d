"use strict";
// Passkeys: the browser's answer goes into the form and the form is sent. Without scripts, without
// a device or at another address than the site's own, the form's code is the way.

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-passkey-question]").forEach(offerPasskey);
});

function offerPasskey(box) {
  const [button, said] = [box.querySelector("button"), box.querySelector("[role=status]")];
  if (!window.PublicKeyCredential) { said.textContent = "本浏览器不支持通行密钥。"; return; }
  if (location.origin !== box.dataset.origin) { said.textContent = "通行密钥只在 " + box.dataset.origin + " 使用。"; return; }
  const form = box.closest("form");
  const creates = form.dataset.passkey === "create";
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (creates && !form.reportValidity()) { return; }
    button.disabled = true;
    said.textContent = "请按浏览器的提示操作。";
    try {
      const asked = { publicKey: readable(JSON.parse(box.dataset.passkeyQuestion)) };
      const made = await (creates ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
      form.querySelector("[name=answer]").value = JSON.stringify(sendable(made));
      form.submit();
    } catch (fault) {
      button.disabled = false;
      said.textContent = fault.name === "InvalidStateError" ? "这台设备的通行密钥已经登记过。" : "没有完成，可以再试，或者用其他办法。";
    }
  });
}

// The browser takes and gives bytes, the form takes letters.
function readable(asked) {
  asked.challenge = bytesOf(asked.challenge);
  if (asked.user) { asked.user.id = bytesOf(asked.user.id); }
  for (const one of [...(asked.allowCredentials || []), ...(asked.excludeCredentials || [])]) { one.id = bytesOf(one.id); }
  return asked;
}

function sendable(made) {
  const response = { clientDataJSON: lettersOf(made.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature"]) {
    if (made.response[part]) { response[part] = lettersOf(made.response[part]); }
  }
  return { id: made.id, rawId: lettersOf(made.rawId), type: made.type, response, clientExtensionResults: {} };
}

function bytesOf(letters) {
  return Uint8Array.from(atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
}

function lettersOf(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
