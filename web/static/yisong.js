"use strict";
// Everything here only helps: each page works without it.
document.documentElement.classList.add("js");
