/** How clients encode file names in forms: each is decoded correctly, once, and then cleaned. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { form, formType, sendForm } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { listen } from '#test/sse.ts';
import { fileNameIn, findDisposition } from './part-names.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');

const send = (disposition: string) => sendForm(acme, form([`name="file"; ${disposition}`, 'a line']));

test('an encoded name hides no forbidden extension', async () => {
  for (const disposition of [
    `filename="a.txt"; filename*=UTF-8''a.txt%2Eexe`,
    `filename="a.txt"; filename*=UTF-8''a.txt%00.php`,
    'filename="a%2Ephp"',
    'filename="a.txt%e2%80%8b.php"',
    'filename="=?utf-8?Q?a.txt=2Ephp?="',
    `filename="=?utf-8?B?${Buffer.from('.htaccess').toString('base64')}?="`,
  ]) {
    assertProblem(await send(disposition), 415, 'file_type_not_allowed', disposition);
  }
});

test('a part without a name is refused as malformed, not with a 500', async () => {
  const part = 'name="file"\r\ncontent-type: application/octet-stream';
  assertProblem(await sendForm(acme, form([part, 'a line'])), 415, 'file_type_not_allowed');
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const report = 'Отчёт за май.txt';
const percent = encodeURIComponent(report);
const half = Buffer.from(report).subarray(0, 5).toString('base64'); // ends within a character
const otherHalf = Buffer.from(report).subarray(5).toString('base64');
const spellings: Array<[disposition: string, name: string]> = [
  [`filename="plain.txt"; filename*=UTF-8''%D0%BC.txt`, 'м.txt'],
  [`filename*=UTF-8''%D0%BC.txt; filename="plain.txt"`, 'м.txt'],
  [`FILENAME="plain.txt"; FileName*=utf-8'ru-RU'${percent}`, report],
  [`filename*="UTF-8''${percent}"`, report],
  [`filename * = UTF-8''${percent}`.replace(' *', '*'), report],
  ["filename*=iso-8859-1'en'caf%E9.txt", 'café.txt'],
  ["filename*=windows-1251''%CE%F2%F7%B8%F2.txt", 'Отчёт.txt'],
  [`filename="kept.txt"; filename*=UTF-8''%D0.txt`, 'kept.txt'],
  [`filename="kept.txt"; filename*=UTF-8''%zz.txt`, 'kept.txt'],
  [`filename="kept.txt"; filename*=klingon''a.txt`, 'kept.txt'],
  ['filename="kept.txt"; filename*=nonsense', 'kept.txt'],
  [`filename="${percent}"`, report],
  [`filename=${percent}`, report],
  ['filename="say %22hello%22.txt"', 'say hello.txt'],
  ['filename="say \\"hello\\".txt"', 'say hello.txt'],
  ['filename="100%25.txt"', '100%.txt'],
  ['filename="a%2525.txt"', 'a%25.txt'],
  ['filename="100%.txt"', '100%.txt'],
  ['filename="50% off %20.txt"', '50% off %20.txt'],
  ['filename="%FF.txt"', '%FF.txt'],
  [`filename="=?utf-8?B?${base64(report)}?="`, report],
  [`filename="=?UTF-8?b?${base64(report)}?="`, report],
  [`filename==?utf-8?B?${base64(report)}?=`, report],
  ['filename="=?utf-8?Q?=D0=9E=D1=82=D1=87=D1=91=D1=82_1.txt?="', 'Отчёт 1.txt'],
  ['filename="=?windows-1251?Q?=CE=F2=F7=B8=F2.txt?="', 'Отчёт.txt'],
  ['filename="=?koi8-r?B?79TexdQ=?=.txt"', 'Отчет.txt'],
  [`filename="=?utf-8?B?${half}?= =?utf-8?B?${otherHalf}?="`, report],
  [`filename="=?utf-8?B?${half}?=\r\n =?utf-8?B?${otherHalf}?="`, report],
  [`filename="a =?utf-8?B?${base64('б')}?= c.txt"`, 'a б c.txt'],
  ['filename="=?utf-8*ru?Q?a.txt?="', 'a.txt'],
  [`filename="=?utf-8?Q?%41.txt?="`, '%41.txt'],
  ['filename="=?utf-8?X?a.txt?=.txt"', '=Xa.txt=.txt'.replace('=X', '=utf-8X')],
  ['filename="=?utf-8?B?****?=.txt"', '=utf-8B=.txt'],
  ['filename="a=?b.txt"', 'a=b.txt'],
  [`filename="first.txt"; filename="second.php"`, 'first.txt'],
];

test(`names in ${spellings.length} encodings are decoded once, and stay as sent where they cannot be`, async () => {
  for (const [disposition, name] of spellings) {
    const { body, text } = await send(disposition);
    assert.equal(body.name, name, `${disposition}: ${text}`);
  }
});

test('bytes that are not UTF-8 still give a name', async () => {
  const sent = form(['name="file"; filename="caf#.txt"', 'a line']);
  sent[sent.indexOf('#')] = 0xe9;
  assert.equal((await sendForm(acme, sent)).body.name, 'café.txt');
});

test("the file's name is found after other fields and across any chunk boundaries", async () => {
  const named = `name="file"; filename="a.txt"; filename*=UTF-8''${percent}`;
  const fields = form(
    ['name="note"; x=y', 'filename="b.txt"'],
    ['name="more"', 'z'.repeat(900)],
    [named, 'a line'],
  );
  assert.equal((await sendForm(acme, fields)).body.name, report);
  const base = await listen(instance);
  const pieces = new ReadableStream({
    async start(controller) {
      for (const byte of fields) {
        controller.enqueue(Uint8Array.of(byte));
        if (byte === 10) await new Promise((resolve) => setImmediate(resolve));
      }
      controller.close();
    },
  });
  const init = {
    method: 'POST',
    headers: { ...acme.headers, 'content-type': formType },
    body: pieces,
    duplex: 'half',
  };
  const response = await fetch(`${base}/files/public/files`, init as RequestInit); // its type has no duplex
  assert.equal(((await response.json()) as { name: string }).name, report);
});

test('parsing a hostile disposition takes linear time', () => {
  for (const unit of [
    '%',
    '%41',
    '=?',
    '=?utf-8?B?QQ==?= ',
    '=?utf-8?Q?',
    ';a="\\"',
    '; ',
    "'",
    '"',
    '\\',
    ';filename=',
  ]) {
    const started = performance.now();
    fileNameIn(`form-data; filename="${unit.repeat(80_000 / unit.length)}`);
    fileNameIn(`form-data; filename*=UTF-8''${unit.repeat(80_000 / unit.length)}"`);
    findDisposition(`--b\r\ncontent-disposition: ${unit.repeat(80_000 / unit.length)}\r\n\r\n`, 'b');
    assert.ok(performance.now() - started < 300, JSON.stringify(unit));
  }
});
