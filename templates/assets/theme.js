// Runs before the page is drawn, so that a reader's choice of theme never flashes.
"use strict";
(() => {
  let shut = false;
  try {
    const theme = localStorage.getItem("thalweg-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is closed to this page: the system's theme stays.
    shut = true;
  }
  // A sandboxed frame has no origin and may load no fonts: the system's are used, without complaint.
  // Pages from disk have none either, but may.
  const sandboxed = self.origin === "null" && (location.protocol !== "file:" || shut);
  if (sandboxed) document.getElementById("fonts")?.remove();
})();
