// The address after ``#``: one part a playground, ``name:settings``, joined by semicolons.

const ADDRESS_DELAY = 250;

/** The parts of a fragment by playground; empty for a plain anchor such as ``#update``. */
function addressParts(fragment, names) {
  const parts = new Map();
  for (const part of plainSigns(fragment.replace(/^#/, "")).split(";")) {
    const at = part.indexOf(":");
    if (at > 0 && names.has(part.slice(0, at))) parts.set(part.slice(0, at), part.slice(at + 1));
  }
  return parts;
}

/** A fragment whose signs between settings were encoded on the way, as some mailers do. */
function plainSigns(fragment) {
  return fragment.replace(/%(?:3A|3B|3D|26|2C)/gi, decodeURIComponent);
}

/** Keeps the address and the playgrounds of a page in step. */
class Address {
  constructor(playgrounds) {
    this.playgrounds = playgrounds;
    this.timer = 0;
    window.addEventListener("hashchange", () => this.read());
    this.read();
  }

  /**
   * Applies what the address says; a plain anchor leaves every playground as it is. Where a part was
   * refused, the address is written anew, so that it tells what is shown.
   */
  read() {
    const parts = addressParts(location.hash, this.playgrounds);
    const taken = [...parts].map(([name, text]) => this.playgrounds.get(name).restore(text));
    const [first] = parts.keys();
    if (taken.includes(false)) this.write();
    if (first) this.playgrounds.get(first).host.scrollIntoView({ block: "nearest" });
  }

  /** Writes soon: browsers refuse a page that changes its address at every move of a slider. */
  writeSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), ADDRESS_DELAY);
  }

  write() {
    const written = [];
    for (const [name, playground] of this.playgrounds) {
      const text = playground.address();
      if (text) written.push(`${name}:${text}`);
    }
    const plain = addressParts(location.hash, this.playgrounds).size === 0;
    if (!written.length && plain) return;
    const page = location.href.split("#")[0];
    history.replaceState(history.state, "", written.length ? `${page}#${written.join(";")}` : page);
  }
}
