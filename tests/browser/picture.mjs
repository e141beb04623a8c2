// Pictures made for tests: PNG, plain, of a size by which they are known again; and archives of them.

import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RED = [0xb0, 0x3a, 0x2e];

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A red PNG of so many pixels. */
export function picture(width, height) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a channel, three channels; no filter, no interlacing.
  header.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.from([0, ...Array(width).fill(RED).flat()]);
  const lines = Buffer.concat(Array(height).fill(line));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const word = (value) => Buffer.from([value & 0xff, value >> 8]);
const long = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** An archive of files as they are, `[name, bytes]` each (ZIP, without compression). */
export function archive(files) {
  const parts = [];
  const list = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const called = Buffer.from(name, 'utf8');
    const sizes = Buffer.concat([long(crc32(bytes)), long(bytes.length), long(bytes.length)]);
    // Version 2.0, names in UTF-8, stored, at midnight of the first day of 1980.
    const about = Buffer.concat([word(20), word(0x800), word(0), word(0), word(0x21), sizes, word(called.length), word(0)]);
    parts.push(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, called, bytes]));
    const places = Buffer.concat([word(0), word(0), word(0), long(0), long(offset)]);
    list.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), word(20), about, places, called]));
    offset += parts.at(-1).length;
  }
  const names = Buffer.concat(list);
  const counts = Buffer.concat([word(0), word(0), word(files.length), word(files.length)]);
  const end = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), counts, long(names.length), long(offset), word(0)]);
  return Buffer.concat([...parts, names, end]);
}
