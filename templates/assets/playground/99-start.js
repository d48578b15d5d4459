// Finds the playgrounds of the page and brings them to life.

function startPlaygrounds() {
  const source = document.getElementById("thalweg-data");
  const hosts = document.querySelectorAll(".playground[data-config]");
  if (!source || !hosts.length) return;
  const page = JSON.parse(source.textContent);
  const playgrounds = new Map();
  let address = null;
  for (const host of hosts) {
    const playground = new Playground(host, page, () => address?.writeSoon());
    playgrounds.set(playground.name, playground);
  }
  address = new Address(playgrounds);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startPlaygrounds);
else startPlaygrounds();
