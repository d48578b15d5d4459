// Chapters move the film on the page; "#film-descent&t=4.5" in the address opens it at a moment.

const MOMENT = /^#([\w-]+)&t=(\d+(?:\.\d+)?)$/;

/** The film of a figure at a moment; the reader starts it. */
function seek(id, time) {
  const film = document.getElementById(id);
  const video = film?.querySelector("video");
  if (!video) return false;
  const move = () => {
    video.currentTime = time;
  };
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) move();
  else {
    video.addEventListener("loadedmetadata", move, { once: true });
    video.preload = "auto";
  }
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

window.addEventListener("hashchange", followAddress);
followAddress();
