// Boxes that scroll can be reached with the keyboard, and a formula in a line of text that is wider
// than the text gets a box of its own.

const BOXES = ".scroll, .formula, pre, .update .line, .scroll-inline";

const isCut = (box) => box.scrollWidth > box.clientWidth + 1;

function makeReachable(box) {
  if (isCut(box)) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

/** The element whose width a formula has to keep to. */
function blockAround(element) {
  let block = element.parentElement;
  while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
  return block;
}

function boxFor(formula) {
  const box = document.createElement("span");
  box.className = "scroll-inline";
  formula.replaceWith(box);
  box.append(formula);
}

function fit() {
  for (const box of document.querySelectorAll(".scroll-inline")) box.replaceWith(...box.childNodes);
  const formulas = [...document.querySelectorAll("main math, nav math")].filter(
    (formula) => !formula.closest(`${BOXES}, .playground`),
  );
  const wide = formulas.filter((formula) => formula.getBoundingClientRect().width > blockAround(formula).clientWidth);
  for (const formula of wide) boxFor(formula);
  for (const box of document.querySelectorAll(BOXES)) makeReachable(box);
}

let waiting = false;
function fitSoon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    fit();
  });
}

window.addEventListener("resize", fitSoon);
document.addEventListener("toggle", fitSoon, true);
document.fonts?.ready.then(fitSoon);
fit();
