/** File names of uploads are untrusted: cleaned before anything depends on them, and never used as names on disk. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'content-disposition';
import fc from 'fast-check';
import type { Response } from '#test/caller.ts';
import { filesUnder, form, sendForm } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { cleanName } from './receive.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');

const send = (disposition: string) => sendForm(acme, form([`name="file"; ${disposition}`, 'a line']));
const quoted = (name: string) => `filename="${name}"`;

const zeroWidth = [...'\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e'];
const bidirectional = [...'\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'];
const controls = [...'\0\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9b'];
const others = [...'\u2028\u2029\ue000\ufff9\u{e0041}'];
const invisible = [...zeroWidth, ...bidirectional, ...controls, ...others];

const words = (text: string) => text.split(' ');
const refused: string[] = [
  ...invisible.flatMap((one) => [`${one}.htaccess`, `.${one}htaccess`, `shell.${one}php`, `a.txt.${one}exe`]),
  ...words('.htaccess ..htaccess .php shell.php shell.PHP shell.phtml shell.phar a.php;.txtx a.txt%00.php'),
  ...words('a.svg a.html a.htm a.js a.exe a.com a.bat a.lnk a.txt.exe a.txt. a.txt::$DATA a.txt:evil.php'),
  ...words('a txt CON ~ - . .. ... / \\ a.txt/ a.txt/. a.txt/..'),
  ...['', ' ', '. .htaccess', 'a.txt. .', 'a.\u0442xt', 'a\uff0etxt', 'a.tx\u0301t'],
];

const kept: Array<[given: string, stored: string]> = [
  ...invisible.map((one): [string, string] => [`re${one}port.t${one}xt`, 'report.txt']),
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['..\\..\\windows\\win.ini', 'win.ini'],
  ['/etc/cron.d/a.txt', 'a.txt'],
  ['C:\\Users\\me\\a.txt', 'a.txt'],
  ['\\\\server\\share\\a.txt', 'a.txt'],
  ['..%2f..%2fa.txt', 'a.txt'],
  ['%2e%2e%5ca.txt', 'a.txt'],
  ['a%00%e2%80%ae.txt', 'a.txt'],
  ['=?utf-8?B?Li4vLi4vYS50eHQ=?=', 'a.txt'],
  ['....//....//a.txt', 'a.txt'],
  ['file:///etc/a.txt', 'a.txt'],
  ['\u202etxt.gpj.txt', 'txt.gpj.txt'],
  ['invoice\u202egpj.txt', 'invoicegpj.txt'],
  ['...a.txt', 'a.txt'],
  [' . a.txt', 'a.txt'],
  ['  a.txt  ', 'a.txt'],
  ['a.TXT', 'a.TXT'],
  ['a b.txt', 'a b.txt'],
  ['a*b?c<d>e|f.txt', 'abcdef.txt'],
  ['CON.txt', 'CON.txt'],
  ['a.php.txt', 'a.php.txt'],
  ['$(id).txt', '$(id).txt'],
  ['`id`;rm -rf .txt', '`id`;rm -rf .txt'],
  ["a' or 1=1--.txt", "a' or 1=1--.txt"],
  ['{{7*7}}.txt', '{{77}}.txt'],
  ['__proto__.txt', '__proto__.txt'],
  ['=cmd()|a.txt', '=cmd()a.txt'],
  ['<img src=x onerror=alert(1)>.txt', 'img src=x onerror=alert(1).txt'],
  ['Отчёт за май.txt', 'Отчёт за май.txt'],
  ['И\u0306од.txt', 'Йод.txt'],
  ['日本語.txt', '日本語.txt'],
  ['שלום.txt', 'שלום.txt'],
  ['🐘.txt', '🐘.txt'],
  [`${'x'.repeat(300)}.txt`, `${'x'.repeat(251)}.txt`],
  [`${'я'.repeat(300)}.txt`, `${'я'.repeat(125)}.txt`],
  [`${'🐘'.repeat(300)}.txt`, `${'🐘'.repeat(62)}.txt`],
  [`${'x'.repeat(70_000)}.txt`, `${'x'.repeat(251)}.txt`],
];

test(`${refused.length} hostile names hide no forbidden extension`, async () => {
  for (const name of refused) {
    assertProblem(await send(quoted(name)), 415, 'file_type_not_allowed', JSON.stringify(name));
  }
  assert.deepEqual(await instance.query('select name from files'), []);
  assert.deepEqual(filesUnder(instance.folder), []);
});

test(`${kept.length} hostile and foreign names are stored clean`, async () => {
  for (const [given, expected] of kept) {
    const { status, body } = await send(quoted(given));
    assert.equal(status, 200, JSON.stringify(given));
    assert.deepEqual([body.name, body.extension], [expected, expected.slice(-3).toLowerCase()]);
    assert.deepEqual(await instance.query('select name from files where uuid = $1', [body.uuid]), [
      { name: expected },
    ]);
  }
});

test('on disk a file is named by a UUID, in the folder for files only', () => {
  const stored = filesUnder(instance.folder);
  assert.equal(stored.length, kept.length);
  for (const path of stored) {
    assert.match(path, /^files\/([0-9a-f]{2})\/\1[0-9a-f]{6}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
});

test('a name cannot break out of the Content-Disposition header', async () => {
  const files = await instance.query<{ uuid: string; name: string }>('select uuid, name from files');
  for (const { uuid, name } of files) {
    const { status, headers } = await acme.get(`/files/public/files/${uuid}/content`);
    assert.equal(status, 200);
    const disposition = String(headers['content-disposition']);
    assert.match(disposition, /^[\x20-\x7e]+$/);
    const { type, parameters } = parse(disposition);
    assert.deepEqual({ type, ...parameters }, { type: 'attachment', filename: name });
  }
});

test('a Cyrillic name survives as raw UTF-8, in RFC 5987 encoding, and as curl and browsers send it', async () => {
  for (const disposition of [
    'filename="Привет, мир.txt"',
    "filename*=UTF-8''%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82%2C%20%D0%BC%D0%B8%D1%80.txt",
    "filename*=utf-8'ru'%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82%2C%20%D0%BC%D0%B8%D1%80.txt",
  ]) {
    assert.equal((await send(disposition)).body.name, 'Привет, мир.txt', disposition);
  }
});

test('a name in an unknown or no encoding, or with a line break, does no harm', async () => {
  const responses: Response[] = [];
  for (const disposition of [
    Buffer.from('name="file"; filename="caf\xe9.txt"', 'latin1'),
    Buffer.from('name="file"; filename="\xc3\x28\xed\xa0\x80.txt"', 'latin1'),
    `name="file"; filename*=utf-16le''%00%d8a%00.%00t%00x%00t%00`,
    `name="file"; filename*=base64''%00%d8a%00.%00t%00x%00t%00`,
    `name="file"; filename*=no-such-charset''%d0%cf.txt`,
    `name="file"; filename*=UTF-8''%`,
    `name="file"; filename*=UTF-8''a%0d%0aset-cookie%3a%20x.txt`,
    'name="file"; filename="a\r\nset-cookie: x.txt"',
    'name="file"; filename="a\nb.txt"',
    'name="file"; filename="a\\"; name=\\"b.txt"',
    'name="file"; filename="a.txt',
    'name="file"; filename=',
    'name="file"; filename="a.txt"; filename="b.php"',
  ]) {
    const body = Buffer.concat(
      form(['DISPOSITION', 'a line'])
        .toString('latin1')
        .split('DISPOSITION')
        .flatMap((piece, i) => [...(i ? [Buffer.from(disposition)] : []), Buffer.from(piece, 'latin1')]),
    );
    responses.push(await sendForm(acme, body));
  }
  for (const { status, body, text } of responses) {
    if (status !== 200) assert.ok(status === 400 || status === 415, text);
    else assert.equal(cleanName(body.name), body.name);
  }
});

test('a name of 70 kB does not block other requests', () => {
  for (const unit of ['x', 'я', '\u0301\u0327', '\u200b', '.', ' ', '🐘', '/', '\ud800']) {
    const started = performance.now();
    cleanName(`${unit.repeat(70_000 / unit.length)}.txt`);
    assert.ok(performance.now() - started < 500, JSON.stringify(unit));
  }
});

test('a cleaned name is always short, visible, a single path component, and unchanged by cleaning it again', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...invisible, '.', '..', ' ', '/', '\\', '.txt', '\ud800', '\u0301', 'x'.repeat(130)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const name = cleanName(pieces.join(''));
      assert.ok(name.length > 0 && Buffer.byteLength(name) <= 255);
      assert.doesNotMatch(name, /[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]|^[.\s]|\s$/u);
      assert.equal(basename(name), name);
      assert.equal(cleanName(name), name);
    }),
    { numRuns: 500 },
  );
});
