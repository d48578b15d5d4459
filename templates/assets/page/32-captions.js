// What is said at a moment stands below the film, where it covers nothing, and is marked in the
// transcript. In full screen, where the page is not seen, the browser shows its captions instead.

/** The lines of a film's transcript with their times. */
function linesOf(film) {
  return [...film.querySelectorAll(".transcript a[data-time]")].map((link) => ({
    link,
    start: Number(link.dataset.time),
    end: Number(link.dataset.end),
    text: link.querySelector(".said").textContent,
  }));
}

function span(name, text, attributes = {}) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Shows the lines of ``film`` in ``place``, which is as high as the longest of them from the start. */
function sayBelow(film, video, place) {
  const lines = linesOf(film);
  const now = span("film-line-now", "", { "aria-live": "off" });
  const sizes = lines.map(({ text }) => span("film-line-size", text, { "aria-hidden": "true" }));
  place.replaceChildren(now, ...sizes);
  place.hidden = false;
  const follow = () => {
    const time = video.currentTime;
    const current = lines.find(({ start, end }) => start <= time && time < end);
    const text = current?.text ?? "";
    if (now.textContent !== text) now.textContent = text;
    for (const { link } of lines) {
      if (link === current?.link) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  for (const event of ["timeupdate", "seeking", "seeked", "loadedmetadata"]) video.addEventListener(event, follow);
  // A page that opens has nothing to announce; a film that a reader plays has.
  video.addEventListener("play", () => now.setAttribute("aria-live", "polite"));
  video.addEventListener("pause", () => now.setAttribute("aria-live", "off"));
  follow();
  return follow;
}

function isFull(video) {
  const full = document.fullscreenElement ?? document.webkitFullscreenElement;
  return Boolean(full?.contains(video) || video.webkitDisplayingFullscreen);
}

/** Either the page or the browser shows the captions, never both. */
function takeTurns(video, place, track) {
  let onPage = "hidden";
  const settle = () => {
    const mode = isFull(video) ? "showing" : onPage;
    if (track.mode !== mode) track.mode = mode;
    place.toggleAttribute("data-elsewhere", mode === "showing");
  };
  // The button for captions in the browser's controls: over the picture if a reader wants them there.
  video.textTracks.addEventListener("change", () => {
    if (isFull(video)) return;
    onPage = track.mode === "showing" ? "showing" : "hidden";
    settle();
  });
  for (const event of ["fullscreenchange", "webkitfullscreenchange"]) document.addEventListener(event, settle);
  for (const event of ["webkitbeginfullscreen", "webkitendfullscreen"]) video.addEventListener(event, settle);
  settle();
}

for (const film of document.querySelectorAll(".film")) {
  const video = film.querySelector("video");
  const place = film.querySelector(".film-line");
  const [track] = video?.textTracks ?? [];
  if (!place || !track) continue;
  const follow = sayBelow(film, video, place);
  track.addEventListener("cuechange", follow);
  takeTurns(video, place, track);
}
