// A card's film plays while the pointer or the keyboard is at its lesson, and no other time.

const calm = matchMedia("(prefers-reduced-motion: reduce)");

for (const video of document.querySelectorAll("video[data-preview]")) {
  const card = video.closest(".card");
  const here = { pointer: false, focus: false };
  const follow = () => {
    if ((here.pointer || here.focus) && !calm.matches) {
      video.play().catch(() => {});
    } else if (!video.paused) {
      video.pause();
      video.load();
    }
  };
  const on = (event, way, value) =>
    card.addEventListener(event, ({ pointerType }) => {
      here[way] = value && pointerType !== "touch";
      follow();
    });
  on("pointerenter", "pointer", true);
  on("pointerleave", "pointer", false);
  on("focusin", "focus", true);
  on("focusout", "focus", false);
  calm.addEventListener("change", follow);
}
