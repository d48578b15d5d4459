// The button that switches between light and dark; the choice is kept where storage allows it.

const root = document.documentElement;
const button = document.querySelector("button.theme");
const system = matchMedia("(prefers-color-scheme: dark)");

const shown = () => root.dataset.theme ?? (system.matches ? "dark" : "light");

const mark = () => button.setAttribute("aria-pressed", String(shown() === "dark"));

const store = (theme) => {
  try {
    localStorage.setItem("thalweg-theme", theme);
  } catch {
    // Without storage the choice holds for this page.
  }
};

if (button) {
  button.hidden = false;
  mark();
  system.addEventListener("change", mark);
  button.addEventListener("click", () => {
    root.dataset.theme = shown() === "dark" ? "light" : "dark";
    store(root.dataset.theme);
    mark();
  });
}
