// The memory of a screen, in the form X keeps it, as PNG.

import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Where the header of an X window dump says what, in words of four bytes. */
const AT = { headerSize: 0, width: 4, height: 5, bitsPerPixel: 11, bytesPerLine: 12, colours: 19 };
const COLOUR_BYTES = 12;

/** A dump of true colours, four bytes a pixel with blue first. */
function read(dump) {
  const word = (index) => dump.readUInt32BE(index * 4);
  if (word(AT.bitsPerPixel) !== 32) throw new Error(`a screen of ${word(AT.bitsPerPixel)} bits a pixel`);
  const [width, height] = [word(AT.width), word(AT.height)];
  const pixels = word(AT.headerSize) + word(AT.colours) * COLOUR_BYTES;
  return { width, height, at: (x, y) => pixels + y * word(AT.bytesPerLine) + x * 4 };
}

/**
 * How many colours there are. A blank window has one, a page with text has hundreds, because letters have soft edges.
 *
 * @param {Buffer} dump
 */
export function coloursOf(dump) {
  const { width, height, at } = read(dump);
  const colours = new Set();
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) colours.add(dump.readUIntLE(at(x, y), 3));
  return colours.size;
}

/**
 * Turns a dump into a picture.
 *
 * @param {Buffer} dump
 */
export function pictureOf(dump) {
  const { width, height, at } = read(dump);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = at(x, y);
      const to = y * (1 + width * 3) + 1 + x * 3;
      rows[to] = dump[from + 2];
      rows[to + 1] = dump[from + 1];
      rows[to + 2] = dump[from];
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // eight bits a colour, red green blue
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
