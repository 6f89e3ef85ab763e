/** The content type of an upload: detected from its bytes and compared with its name. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { filesUnder } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { kinds } from './extensions.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const brand = (four: string) =>
  Buffer.concat([hex('00000018'), Buffer.from(`ftyp${four}`), Buffer.alloc(12)]);
const padded = (start: Buffer, bytes: number) => Buffer.concat([start, Buffer.alloc(bytes)]);
const tar = Buffer.alloc(1024);
tar.write('a.txt\0');
tar.write('0000644\0', 100);
tar.write('00000000000\0', 124);
tar.write('ustar\x0000', 257);
tar.write(
  `${tar
    .reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0)
    .toString(8)
    .padStart(6, '0')}\0 `,
  148,
);
const pixel = hex(
  '89504e470d0a1a0a 0000000d49484452000000010000000108060000001f15c489 0000000a49444154789c63000100000500010d0a2db4 0000000049454e44ae426082',
);
const zip = hex(
  '504b0304 1400 0000 0000 0000 0000 00000000 00000000 00000000 0100 0000 61 504b0506 000000000000000000000000000000000000',
);
const office = (type: string) => {
  const name = Buffer.from('[Content_Types].xml');
  const xml = Buffer.from(`<Types><Override ContentType="${type}.main+xml"/></Types>`);
  const head = hex('504b0304 1400 0000 0000 0000 0000 00000000 00000000 00000000 0000 0000');
  head.writeUInt32LE(xml.length, 18);
  head.writeUInt32LE(xml.length, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name, xml, zip]);
};
const webm = hex('1a45dfa3 93 4282 84 7765626d 4287 81 02');
const document = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The shortest beginning of each format. */
const samples: Record<string, Buffer> = {
  '7z': padded(hex('377abcaf271c'), 32),
  avif: brand('avif'),
  bmp: padded(Buffer.from('BM'), 60),
  doc: padded(hex('d0cf11e0a1b11ae1'), 512),
  docx: office(document),
  gif: padded(Buffer.from('GIF89a'), 20),
  gz: padded(hex('1f8b08'), 20),
  heic: brand('heic'),
  jpeg: padded(hex('ffd8ffe000104a46494600'), 20),
  mov: brand('qt  '),
  mp4: brand('mp42'),
  pcap: padded(hex('d4c3b2a102000400'), 16),
  pdf: Buffer.from('%PDF-1.7\n%%EOF'),
  png: pixel,
  rar: padded(hex('526172211a0700'), 20),
  rtf: Buffer.from('{\\rtf1 hello}'),
  tar,
  tiff: padded(hex('49492a0008000000'), 20),
  webm,
  webp: padded(Buffer.from('RIFF\x1a\0\0\0WEBPVP8 '), 20),
  zip,
};
const alike: Record<string, string> = {
  jpg: 'jpeg',
  odp: 'zip',
  ods: 'zip',
  odt: 'zip',
  pptx: 'zip',
  tgz: 'gz',
  tif: 'tiff',
  xls: 'doc',
  xlsx: 'zip',
};
const sampleOf = (extension: string) =>
  samples[extension] ?? samples[alike[extension] ?? ''] ?? Buffer.from('a line\n');

test('every listed extension is accepted with content of its kind', async () => {
  const { body } = await acme.get('/files/public/files/extensions');
  assert.deepEqual(body.items, [...kinds.keys()]);
  for (const extension of body.items) {
    const response = await acme.upload(`a.${extension}`, sampleOf(extension));
    assert.equal(response.status, 200, `${extension}: ${response.text}`);
    assert.equal(response.body.extension, extension);
    assert.equal(response.body.content_type, kinds.get(extension)?.contentType);
    assert.equal(response.body.size, sampleOf(extension).length);
  }
});

const exe = padded(Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', 'latin1'), 200);
const elf = padded(hex('7f454c46020101'), 60);
const html = '<!doctype html><script>alert(1)</script>';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';

test('content that does not match its extension is refused and not stored', async () => {
  const before = filesUnder(instance.folder);
  const rows = await instance.query('select count(*) from files');
  for (const [name, content] of [
    ['a.png', exe],
    ['a.png', html],
    ['a.png', svg],
    ['a.png', 'a line'],
    ['a.png', samples.jpeg],
    ['a.jpg', pixel],
    ['a.pdf', html],
    ['a.zip', exe],
    ['a.docx', samples.doc],
    ['a.docx', samples.pdf],
    ['a.xlsx', samples.docx],
    ['a.docx', office('application/vnd.ms-word.document.macroEnabled')],
    ['a.mp4', html],
    ['a.txt', pixel],
    ['a.txt', exe],
    ['a.log', elf],
    ['a.csv', zip],
    ['a.json', samples.pdf],
    ['a.xml', samples.gz],
    ['a.txt', 'looks like text\0but is not'],
  ] as const) {
    assertProblem(await acme.upload(name, content ?? ''), 415, 'file_type_mismatch', name);
  }
  assert.deepEqual(filesUnder(instance.folder), before);
  assert.deepEqual(await instance.query('select count(*) from files'), rows);
});

test('text is accepted in any encoding and with any beginning', async () => {
  for (const content of [
    'BMC firmware update failed',
    'MZ: a domain of Mozambique',
    '\ufeffwith a byte order mark',
    Buffer.from('\ufeffThe output of PowerShell', 'utf16le'),
    Buffer.from('\ufeffBig-endian', 'utf16le').swap16(),
    Buffer.from('\xcf\xf0\xe8\xe2\xe5\xf2', 'latin1'),
    '<?xml version="1.0"?><a/>',
    '-----BEGIN PGP MESSAGE-----\n',
    'BEGIN:VCALENDAR\n',
    html,
    svg,
    '#!/bin/sh\n',
    '\x1b[31mred\x1b[0m',
    ' ',
  ]) {
    const { status, body, text } = await acme.upload('a.txt', content);
    assert.equal(status, 200, text);
    assert.equal(body.content_type, 'text/plain; charset=utf-8');
  }
});

test('a zip archive is accepted under the extension of an office document', async () => {
  assert.equal((await acme.upload('a.docx', zip)).status, 200);
});
