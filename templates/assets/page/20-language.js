// Language links keep the reader's place: the address after "#", else the section being read.

const SECTIONS = "main h2[id], main h3[id], main .film[id], main .playground[id]";

/** The id of the last section that begins above the middle of the window. */
function sectionInView() {
  let found = "";
  for (const section of document.querySelectorAll(SECTIONS)) {
    if (section.getBoundingClientRect().top > window.innerHeight / 2) break;
    found = section.id;
  }
  return window.scrollY > 0 ? found : "";
}

for (const link of document.querySelectorAll("a[data-language]")) {
  const page = link.getAttribute("href").split("#")[0];
  const keepPlace = () => {
    const fragment = location.hash || (sectionInView() && `#${sectionInView()}`);
    link.setAttribute("href", page + fragment);
  };
  link.addEventListener("click", keepPlace);
  link.addEventListener("auxclick", keepPlace);
  link.addEventListener("pointerdown", keepPlace);
}
