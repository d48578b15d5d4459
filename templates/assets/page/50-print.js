// What is folded away on screen is printed, in the colors of paper.

const root = document.documentElement;

/** Widths in CSS pixels that a formula may have on A4 and on Letter paper, by where it is. */
const ROOM = [
  [".playground-equations", 190],
  [".playground", 310],
  ["table", 260],
  [".update, .callout, li", 600],
  ["main", 640],
];

/** The largest size of letters at which each formula fits its place on paper. */
function shrinkFormulas() {
  for (const formula of document.querySelectorAll("main math")) {
    const width = Math.max(formula.getBoundingClientRect().width, formula.scrollWidth);
    const letters = width / parseFloat(getComputedStyle(formula).fontSize);
    const [, room] = ROOM.find(([place]) => formula.closest(place));
    if (letters) formula.style.setProperty("--print-size", `${room / letters}px`);
  }
}

let opened = [];
let theme;

window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
  shrinkFormulas();
  theme = root.dataset.theme;
  root.dataset.theme = "light";
});

window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
});
