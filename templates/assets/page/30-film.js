// Chapters and lines of the transcript move the film; "#film-descent&t=4.5" in the address opens it
// at a moment. A server that knows no byte ranges gives no film that can be moved: there it is loaded
// whole, once a reader plays or moves it.

const MOMENT = /^#([\w-]+)&t=(\d+(?:\.\d+)?)$/;
const SLACK = 0.25;

const canFetch = location.protocol.startsWith("http") && self.origin !== "null";
const loading = new WeakMap();

function notify(video, which) {
  const notice = video.closest(".film").querySelector(".film-notice");
  if (notice) notice.textContent = which ? notice.dataset[which] : "";
}

/** Whether the browser can go to ``time``; where it cannot, it would go back to the start. */
function canReach({ seekable, duration }, time) {
  const wanted = Math.min(time, duration);
  for (let part = 0; part < seekable.length; part += 1) {
    if (seekable.start(part) <= wanted + SLACK && wanted <= seekable.end(part) + SLACK) return true;
  }
  return false;
}

/** Resolves when the length of the film is known; fails where the browser cannot read it. */
function known(video) {
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) return Promise.resolve();
  const failed = video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE && !video.hasAttribute("src");
  if (failed) return Promise.reject(new Error("unreadable"));
  return new Promise((done, fail) => {
    video.addEventListener("loadedmetadata", done, { once: true });
    for (const part of [video, video.querySelector("source")]) part.addEventListener("error", fail, { once: true });
    video.preload = "auto";
  });
}

/** Puts the whole film in the place of the one that is streamed; it goes on where that one was. */
async function takeWhole(video) {
  const source = video.querySelector("source");
  const answer = await fetch(source.src);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const { currentTime, paused, playbackRate } = video;
  video.src = URL.createObjectURL(new Blob([bytes], { type: source.type }));
  await known(video);
  video.playbackRate = playbackRate;
  video.currentTime = currentTime;
  if (!paused) video.play().catch(() => {});
}

/** Loads the whole film if that has not been done; fails where a page may not. */
function whole(video) {
  if (!loading.has(video)) loading.set(video, canFetch ? takeWhole(video) : Promise.reject(new Error("sandboxed")));
  return loading.get(video);
}

async function move(video, time) {
  video.dataset.wanted = time;
  try {
    await known(video).catch(() => whole(video));
    if (!canReach(video, time)) {
      notify(video, "loading");
      await whole(video);
    }
    notify(video, "");
    video.currentTime = Number(video.dataset.wanted);
  } catch {
    notify(video, canFetch ? "lost" : "stuck");
  }
}

/** The film of a figure at a moment; the reader starts it. */
function seek(id, time) {
  const film = document.getElementById(id);
  const video = film?.querySelector("video");
  if (!video) return false;
  move(video, time);
  film.scrollIntoView({ block: "nearest" });
  return true;
}

function followAddress() {
  const moment = MOMENT.exec(location.hash);
  if (moment) seek(moment[1], Number(moment[2]));
}

for (const link of document.querySelectorAll("a[data-time]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!seek(link.dataset.film, Number(link.dataset.time))) return;
    event.preventDefault();
    history.replaceState(history.state, "", `#${link.dataset.film}&t=${link.dataset.time}`);
  });
}

/** Makes ready a film that cannot be moved yet, before the bar in the browser's own controls is used. */
async function prepare(video, sought) {
  try {
    await known(video).catch(() => whole(video));
    if (canReach(video, video.duration)) return;
    if (sought) notify(video, canFetch ? "loading" : "stuck");
    if (!canFetch) return;
    await whole(video);
    notify(video, "");
  } catch {
    if (sought) notify(video, "lost");
  }
}

for (const video of document.querySelectorAll(".film video")) {
  for (const event of ["pointerenter", "pointerdown", "focus", "play"]) {
    video.addEventListener(event, () => prepare(video, false));
  }
  video.addEventListener("seeking", () => prepare(video, true));
}

window.addEventListener("hashchange", followAddress);
followAddress();
