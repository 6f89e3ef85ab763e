/**
 * Every function that scans text of a user must take linear time. One that does not would let a single request block
 * the process. A new function is one more line in `walkers`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FastifyRequest } from 'fastify';
import Schema from 'typebox/schema';
import { fill, unknownPlaceholders } from '#desk/canned-responses/placeholders.ts';
import { fileNameIn, findDisposition } from '#desk/files/part-names.ts';
import { cleanName } from '#desk/files/receive.ts';
import { toCsv } from '#desk/reports/csv.ts';
import { tagsOf } from '#desk/tickets/change.ts';
import { uniqueEmails } from '#desk/tickets/open.ts';
import { readCookie } from '#people/access/cookies.ts';
import { isCommon } from '#people/staff/common-passwords.ts';
import { checkPassword } from '#people/staff/passwords.ts';
import { unstorableReason } from '#platform/db/unstorable.ts';
import { parseCursor } from '#platform/events/cursor.ts';
import { expectedVersion, isFresh } from '#platform/http/etag.ts';
import { parseJson } from '#platform/http/json.ts';
import { parseQuery } from '#platform/http/parameters.ts';
import { isEmail, Text } from '#platform/http/schemas.ts';
import { isAllowedFrom, isNetwork } from '#platform/ip-addresses.ts';
import { addressOf } from '#platform/text/address.ts';
import { fold } from '#platform/text/fold.ts';
import { hasExcessMarks, normalise } from '#platform/text/normalise.ts';
import { readTyped } from '#platform/text/search-query.ts';
import { vectorOf, wordsOf } from '#platform/text/search-words.ts';
import { ticketNumberIn } from '#platform/text/ticket-number.ts';

const values = {
  client_name: '{{client_name}}',
  ticket_number: '1',
  ticket_summary: '{{',
  agent_name: 'a',
  account_name: '',
};

/** A request with these headers, which is all that the functions read of it. */
const requestWith = (headers: object) =>
  ({
    headers,
    protocol: 'https',
    hostname: 'desk.example',
    server: { publicUrl: '' },
  }) as unknown as FastifyRequest;

const visibleText = Schema.Compile(Text(1_000_000));

/** The functions by name, each called with a text. */
const walkers: Record<string, (text: string) => unknown> = {
  'search: folding': fold,
  'search: words of a text': (text) => vectorOf(wordsOf(text), ''),
  'search: what is typed': readTyped,
  'search: the number of a ticket': ticketNumberIn,
  'text: normalise': (text) => [normalise(text, 'NFC'), normalise(text, 'NFD'), normalise(text, 'NFKC')],
  'text: excess marks': hasExcessMarks,
  'JSON: a body': (text) => parseJson(Buffer.from(text)),
  'JSON: a string': (text) => parseJson(Buffer.from(JSON.stringify({ body: text }))),
  'JSON: a name': (text) => parseJson(Buffer.from(JSON.stringify({ [text]: 1 }))),
  'JSON: open strings': (text) => parseJson(Buffer.from(`{"a":"${text}`)),
  'a text that is not blank': (text) => visibleText.Check(text),
  'text that cannot be stored': unstorableReason,
  'names of files': cleanName,
  'names of files in a form': (text) => fileNameIn(`form-data; filename="${text}"; filename*=${text}`),
  'files in a form': (text) => findDisposition(`--b\r\ncontent-disposition: ${text}\r\n\r\n`, 'b'),
  'addresses: whether one is': isEmail,
  'addresses: their one form': (text) => [addressOf(text), addressOf(`a@${text}`)],
  'addresses: each once': (text) => uniqueEmails([text]),
  tags: (text) => tagsOf([text]),
  'canned responses: unknown placeholders': unknownPlaceholders,
  'canned responses: filling in': (text) => fill(text, values),
  'CSV: a cell': (text) => toCsv(['text'], [{ text }]),
  'queries of a URL': parseQuery,
  cookies: (text) => readCookie(requestWith({ cookie: text }), 'paneldesk'),
  'If-None-Match': (text) => isFresh(requestWith({ 'if-none-match': text }), '"1-a"'),
  'If-Match': (text) => expectedVersion(requestWith({ 'if-match': text })),
  'cursors of the feed': parseCursor,
  'passwords: choosing': (text) => checkPassword(text, 'anna@host.example'),
  'passwords: common ones': (text) => isCommon(text, 'anna@host.example'),
  'networks of a key': isNetwork,
  'the address of a request': (text) => isAllowedFrom(text, ['10.0.0.0/8']),
};

/** Texts of about this many UTF-16 units. */
const of =
  (piece: string, before = '', after = '') =>
  (size: number) =>
    before + piece.repeat(Math.ceil(size / piece.length)) + after;

const shapes: Record<string, (size: number) => string> = {
  letters: of('a'),
  words: of('word слово '),
  'different words': (size) => Array.from({ length: size / 6 }, (_, i) => `w${10_000 + i}`).join(' '),
  'parts of names': of('a-'),
  'different parts of names': (size) =>
    Array.from({ length: size / 6 }, (_, i) => `w${10_000 + i}`).join('-'),
  'hosts and addresses': of('vps-1.example.com/a@b:1\\'),
  separators: of('-', 'a', 'a'),
  'separators at the end': of('._:/@\\-', 'a'),
  dots: of('.', 'a', 'a'),
  'combining marks': of('\u0315\u0300\u0316\u0334', 'a'),
  'marks that compose': of('e\u0301\u0323'),
  'one mark': of('\u0300', 'a'),
  'Cyrillic with marks': of('и\u0306е\u0308'),
  Hangul: of('\u1100\u1161\u11a8'),
  'long decompositions': of('\ufdfa'),
  emoji: of('\u{1f600}'),
  'joined emoji': of('\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'),
  joiners: of('\u200d'),
  CJK: of('日本語中文'),
  'different CJK': (size) =>
    Array.from({ length: size }, (_, i) => String.fromCodePoint(0x4e00 + (i % 20_000))).join(''),
  'right to left': of('שלום مرحبا '),
  'direction marks': of('\u202e\u2066'),
  surrogates: of('\ud800'),
  'surrogates the wrong way round': of('\udc00\ud800'),
  'wide letters': of('\u{1d400}'),
  'final sigmas': of("Σ'.", 'A'),
  'dotted capitals': of('İ'),
  'sharp s': of('ß'),
  quotes: of('"'),
  'quoted words': of('"a b" '),
  'quotes of print': of('«a» “b„ '),
  'escaped quotes': of('\\"'),
  backslashes: of('\\'),
  'double braces': of('{{'),
  placeholders: of('{{a}}'),
  'open placeholders': of('{{a '),
  'braces of JSON': of('{}'),
  'brackets of JSON': of('[]'),
  'nested brackets': of('['),
  'closing brackets': of(']'),
  'names of JSON': of('"a":', '{'),
  'different names of JSON': (size) =>
    `{${Array.from({ length: size / 8 }, (_, i) => `"${10_000 + i}"`).join(':')}`,
  'values of JSON': of('0,', '['),
  'strings of JSON': of('""', '['),
  'escapes of JSON': of('\\u0061', '"', '"'),
  spaces: of(' ', 'a', 'a'),
  'spaces of all kinds': of('\u00a0\u3000\ufeff\u2003\t\v\f \u1680', 'a', 'a'),
  lines: of('\r\n', 'a', 'a'),
  'separators of lines': of('\u2028\u2029', 'a', 'a'),
  'control characters': of('\u0001\u007f', 'a', 'a'),
  NUL: of('\0'),
  equals: of('='),
  'pairs of a query': of('a=b&'),
  ampersands: of('&'),
  semicolons: of('; ', 'a', '='),
  commas: of(','),
  percents: of('%41'),
  'broken percents': of('%'),
  pluses: of('+'),
  'C++ and C#': of('c++ c# '),
  hashes: of('#1 '),
  'at signs': of('@', 'a', '.com'),
  domains: of('a.', 'a@', 'com'),
  'asterisks and bars': of('*|&!()<->:'),
  digits: of('9'),
  colons: of(':'),
  slashes: of('/', '', 'a'),
};

const UNITS = 1000;
const FLOOR_MS = 8; // at a hundred times the size, anything quadratic takes longer
const ROUGH = 30; // for ten times the text; quadratic work would take a hundred times as long
const RUNS = 5;

/** Processor time of one run in ms, independent of other load on the machine. */
function timeOf(walk: () => unknown): number {
  const before = process.cpuUsage();
  try {
    walk();
  } catch {
    // a refusal is fine, too
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const shortest = (walk: () => unknown, runs: number) =>
  Math.min(...Array.from({ length: runs }, () => timeOf(walk)));

for (const [what, walk] of Object.entries(walkers)) {
  test(`${what} takes linear time`, () => {
    for (const [shape, make] of Object.entries(shapes)) {
      const texts = [1, 10, 100].map((times) => make(UNITS * times));
      const [small = 0, medium = 0] = texts.slice(0, 2).map((text) => timeOf(() => walk(text)));
      assert.ok(
        medium < 300,
        `${shape}: ${medium} ms for ${10 * UNITS} units, ${small} ms for a tenth of them`,
      );
      const [, middle = '', large = ''] = texts;
      const once = timeOf(() => walk(large));
      assert.ok(
        once < 2000,
        `${shape}: ${once} ms for ${100 * UNITS} units, ${medium} ms for a tenth of them`,
      );
      if (once < FLOOR_MS) continue;
      const took = shortest(() => walk(large), RUNS);
      if (took < FLOOR_MS) continue;
      const tenth = shortest(() => walk(middle), RUNS);
      if (took < ROUGH * Math.max(tenth, FLOOR_MS / 20)) continue;
      // Large texts have memory of their own, which may cost more than the walk. Ten times the text shows which it is.
      const huge = make(UNITS * 1000);
      const longest = shortest(() => walk(huge), 2);
      const told = `${longest} ms for ${1000 * UNITS} units, ${took} and ${tenth} ms for a tenth and a hundredth`;
      assert.ok(longest < ROUGH * took, `${shape}: ${told}`);
    }
  });
}
