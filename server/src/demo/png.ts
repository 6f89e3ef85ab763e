/** A small PNG encoder and the one picture that the demo needs: a graph as monitoring draws it. */
import { crc32, deflateSync } from 'node:zlib';
import type { Random } from './random.ts';

const WIDTH = 480;
const HEIGHT = 160;
const [PAPER, GRID, AXIS, AREA, LINE] = [0, 1, 2, 3, 4] as const;
const palette = [0xffffff, 0xe6e8ec, 0x8a93a3, 0xd3e3fb, 0x2f6fd6];

/** A day of some value that rises steeply near its end. */
export function graph(random: Random): Buffer {
  const rise = random.int(300, 400);
  const pixels = Buffer.alloc(WIDTH * HEIGHT, PAPER);
  let level = random.int(15, 30);
  let before = level;
  for (let x = 0; x < WIDTH; x++) {
    const aim = x < rise ? 25 : 115;
    level = Math.min(HEIGHT - 12, Math.max(6, level + (aim - level) * 0.08 + random.int(-5, 5)));
    const y = HEIGHT - 1 - Math.round(level);
    const previous = HEIGHT - 1 - Math.round(before);
    for (let row = 0; row < HEIGHT; row++) pixels[row * WIDTH + x] = colourAt(x, row, y, previous);
    before = level;
  }
  return encode(pixels);
}

function colourAt(x: number, row: number, y: number, previous: number): number {
  if (row >= Math.min(y, previous) && row <= Math.max(y, previous) + 1) return LINE;
  if (x === 0 || row === HEIGHT - 1) return AXIS;
  if (row > y) return AREA;
  return row % 32 === 0 || x % 80 === 0 ? GRID : PAPER;
}

/** 8-bit indexed colour, every row unfiltered (PNG 1.2, sections 4 and 6). */
function encode(pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]));
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1));
  for (let row = 0; row < HEIGHT; row++)
    pixels.copy(rows, row * (WIDTH + 1) + 1, row * WIDTH, (row + 1) * WIDTH);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
