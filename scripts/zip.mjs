// A zip whose bytes follow from its files alone: in the order given, of one time, for one owner's eyes and
// everybody's.
import { crc32 } from "./png.mjs";
import { deflateRawSync } from "node:zlib";

// The first moment that a zip can name: 1 January 1980.
const DATE = (1 << 5) | 1;
const VERSION = 20;
const UTF8 = 1 << 11;
const UNIX = 3 << 8;
const [STORED, DEFLATED] = [0, 8];
const A_FILE_FOR_ALL_TO_READ = 0o100644;

/** `files` are pairs of a path and bytes. */
export function zip(files) {
  const [entries, directory] = [[], []];
  let at = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(bytes, { level: 9 });
    const [method, content] = packed.length < bytes.length ? [DEFLATED, packed] : [STORED, bytes];
    const about = numbers([2, VERSION], [2, UTF8], [2, method], [2, 0], [2, DATE], [4, crc32(bytes)], [4, content.length], [4, bytes.length], [2, name.length], [2, 0]);
    entries.push(Buffer.from("PK\x03\x04"), about, name, content);
    directory.push(Buffer.from("PK\x01\x02"), numbers([2, UNIX | VERSION]), about, numbers([2, 0], [2, 0], [2, 0], [4, A_FILE_FOR_ALL_TO_READ * 0x10000], [4, at]), name);
    at += 4 + about.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]);
  return Buffer.concat([...entries, ...directory, Buffer.from("PK\x05\x06"), end]);
}

/** Numbers of so many bytes each, the lowest first. */
function numbers(...parts) {
  const bytes = Buffer.alloc(parts.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of parts) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}
