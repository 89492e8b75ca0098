// The names by which a wasm module and its script call each other.

// The sections that have them.
const [IMPORTS, EXPORTS] = [2, 7];
// What is imported, if it is no function.
const [TABLE, MEMORY, GLOBAL] = [1, 2, 3];

/** The same module, with short names for all that wasm-bindgen named with a hash; and which became which. */
export function renamed(module) {
  const names = new Map();
  const short = (name) => {
    if (!/_h?[0-9a-f]{16}$/.test(name)) return name;
    if (!names.has(name)) names.set(name, `$${names.size.toString(36)}`);
    return names.get(name);
  };
  const parts = [module.subarray(0, 8)];
  const reader = new Reader(module, 8);
  while (reader.at < module.length) {
    const id = reader.byte();
    const section = new Reader(reader.take(reader.number()));
    const content = id === IMPORTS ? imports(section, short) : id === EXPORTS ? exports(section, short) : section.bytes;
    parts.push(Buffer.from([id]), number(content.length), content);
  }
  return { bytes: Buffer.concat(parts), names };
}

function imports(section, short) {
  return each(section, () => {
    const from = section.text();
    const name = section.text();
    const start = section.at;
    const kind = section.byte();
    if (kind === TABLE) section.byte();
    if (kind === GLOBAL) section.at += 2;
    else if (kind === TABLE || kind === MEMORY) limits(section);
    else section.number();
    return [text(from), text(short(name)), section.since(start)];
  });
}

function exports(section, short) {
  return each(section, () => {
    const name = section.text();
    const start = section.at;
    section.byte();
    section.number();
    return [text(short(name)), section.since(start)];
  });
}

function each(section, item) {
  const count = section.number();
  const items = Array.from({ length: count }, item);
  return Buffer.concat([number(count), ...items.flat()]);
}

function limits(section) {
  const hasMost = section.byte() & 1;
  section.number();
  if (hasMost) section.number();
}

function text(string) {
  const bytes = Buffer.from(string);
  return Buffer.concat([number(bytes.length), bytes]);
}

/** A number as wasm writes it: seven bits to a byte, lowest first. */
function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  text() {
    return this.take(this.number()).toString();
  }
  since(start) {
    return this.bytes.subarray(start, this.at);
  }
}
