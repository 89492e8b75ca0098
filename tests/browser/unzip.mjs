// Reads a zip by its directory, as any program does that unpacks one, and checks every sum.
import { inflateRawSync } from "node:zlib";

import { crc32 } from "../../scripts/png.mjs";

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];

/** Pairs of a path and bytes. */
export function unzip(zip) {
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end) === END, "it ends with its directory");
  const files = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); 0 < count; count -= 1) {
    expect(zip.readUInt32LE(at) === ENTRY, "an entry");
    const [method, sum] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16)];
    const [packed, size, length] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)];
    const path = zip.toString("utf8", at + 46, at + 46 + length);
    const local = zip.readUInt32LE(at + 42);
    expect(zip.readUInt32LE(local) === LOCAL && zip.toString("utf8", local + 30, local + 30 + length) === path, path);
    const from = local + 30 + length + zip.readUInt16LE(local + 28);
    const content = zip.subarray(from, from + packed);
    const bytes = method === 8 ? inflateRawSync(content) : content;
    expect(bytes.length === size && crc32(bytes) === sum, `${path} is whole`);
    files.push([path, bytes]);
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function expect(condition, what) {
  if (!condition) throw new Error(`the zip is broken: ${what}`);
}
