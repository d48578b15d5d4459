// Runs before the page is drawn, so that a reader's choice of theme never flashes.
"use strict";
(() => {
  try {
    const theme = localStorage.getItem("thalweg-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is closed to this page: the system's theme stays.
  }
})();
