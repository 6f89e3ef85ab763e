/** The spellings in which people write and search for the same words, for clients and staff alike. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { find, writerOn } from '#test/searching.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const agent = await instance.staff('agent');
const clientWith = writerOn(instance);

/**
 * Each of `found` must find the one ticket with the text, and each of `missed` must not: in the client search and the
 * staff search.
 */
async function assertFinds(text: string, found: string[], missed: string[] = []) {
  const { client, numbers } = await clientWith({ summary: 'Z', body: text }, { summary: 'Z', body: 'Z' });
  const findAsStaff = async (q: string) => {
    const url = `/staff/tickets?account_id=${client.accountId}&q=${encodeURIComponent(q)}`;
    return (await done(agent.get(url))).body.items.map(({ number }: { number: number }) => number);
  };
  for (const [typed, expected] of [
    [found, [numbers[0]]],
    [missed, []],
  ] as const) {
    for (const q of typed) {
      assert.deepEqual(await find(client, q), expected, `"${q}" in "${text.slice(0, 60)}"`);
      assert.deepEqual(await findAsStaff(q), expected, `for support, "${q}" in "${text.slice(0, 60)}"`);
    }
  }
}

test('every part of a hyphenated word is found, also inflected', async () => {
  await assertFinds(
    'Куплены SSL-сертификаты, стоят веб-серверы-балансировщики',
    [
      'сертификат',
      'сертификатов',
      'ssl',
      'сервер',
      'серверов',
      'SSL-сертификат',
      'ssl-сертификатов',
      'веб-сервером',
    ],
    ['ssl-сервировка', 'веб-подъезд'],
  );
  await assertFinds('He re-installs it', [
    'install',
    'installing',
    're-installed',
    're-install',
    're-installs',
  ]);
  await assertFinds('Name vps-18 and 180 more', ['vps-18', '180'], ['vps-8', 'vps-17', 'vpn-18']);
});

test('all dashes are equal to a hyphen', async () => {
  for (const dash of ['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '\uff0d']) {
    await assertFinds(`Наши веб${dash}серверы`, [
      'веб-серверы',
      'сервер',
      `веб${dash}сервер`,
      'веб-сервером',
    ]);
  }
  await assertFinds('сер\u00adвер пере\u2060ехал', ['сервер', 'переехал', 'сер\u00adвера']);
});

test('accents and sharp s are found with and without them', async () => {
  await assertFinds('Eine Störung in der Hauptstraße, GRÖSSE', [
    'storung',
    'Störung',
    'sto\u0308rung',
    'STÖRUNG',
    'HAUPTSTRASSE',
    'hauptstraße',
    'größe',
    'grosse',
  ]);
  await assertFinds('Storung in der STRASSE, cafe', ['Störung', 'straße', 'café', 'ŠTÖRUNG']);
  await assertFinds('Łódź, København, smørrebrød, Ελλάδα', [
    'lodz',
    'kobenhavn',
    'smorrebrod',
    'ελλαδα',
    'ΕΛΛΆΔΑ',
  ]);
  await assertFinds('Закрыт за\u0301мок, счёт за йогурт', ['замок', 'счет', 'йогурт'], ['иогурт']);
});

test('a ticket is found by its number in any spelling used in mails', async () => {
  const { client, numbers } = await clientWith({ summary: 'Disk' }, { summary: 'Other' });
  const [number] = numbers;
  for (const q of [
    `Ticket#${number}`,
    `ticket ${number}`,
    `Ticket #${number}`,
    `re: [${number}]`,
    `Re: Fwd: [Ticket#${number}] Something else`,
    `[#${number}]`,
    `тикет ${number}`,
    `Заявка №${number}`,
    `№ ${number}`,
    `#${number}`,
  ]) {
    assert.deepEqual(await find(client, q), [number], q);
    const { items } = (await done(agent.get(`/staff/tickets?q=${encodeURIComponent(q)}`))).body;
    assert.deepEqual(
      items.map((item: { number: number }) => item.number),
      [number],
      q,
    );
  }
  const about = { summary: `See ticket ${number}`, comment_body: 'Z' };
  const { body } = await done(client.post('/support/tickets', about));
  assert.deepEqual(await find(client, `ticket ${number}`), [number, body.number]);
  assert.deepEqual(await find(client, `#${number} absent`), []);
});

test('C++ and C# are words, and C finds both', async () => {
  await assertFinds('Build of C++ fails', ['c++', 'C++ build', '"c"', '"c++ fails"'], ['c#', 'd++']);
  await assertFinds('C# and F#, not G', ['c#', 'f#', 'C#, F#'], ['c++', 'g#']);
});

test('runs of Chinese, Japanese and Korean are found by any part', async () => {
  await assertFinds(
    '無法連線到東京都的伺服器。',
    ['連線', '東京', '京都', '東京都', '伺服器', '器', '無', '無法連線'],
    ['東都', '伺器', '京東', '線連'],
  );
  await assertFinds('東京と京都', ['東京', '京都', '東京 京都'], ['東京都']);
  await assertFinds('サーバーが落ちた', ['サーバー', 'ーバー', '落ち', 'が落']);
  await assertFinds('서버접속이 안됩니다', ['접속', '서버', '서버접속', '안됩']);
  await assertFinds('VPS用ディスク2本', ['vps', '用ディスク', 'ディスク', '"2"', '本']);
});

test('quoted words are a phrase: exactly these words in this order', async () => {
  await assertFinds(
    'The disk is full. Free space on vps-18.example.com is gone',
    [
      '"disk is full"',
      '“is full”',
      '«Full free space»',
      'gone "the disk"',
      '"on vps-18"',
      '"vps-18.example.com is gone"',
      '"vps 18"',
      '"disk"',
      '"example com"',
    ],
    [
      '"disk full"',
      '"full is"',
      '"is ful"',
      '"disks is"',
      '"example is"',
      '"z the"',
      '"space" absent',
      '"dis"',
    ],
  );
  await assertFinds('東京都は晴れ', ['"東京"', '"京都は"', '"都は晴れ"'], ['"東都"', '"は京都"']);
  await assertFinds('A 5" pipe', ['5"', '5" pipe', '"pipe'], ['"5 disk"']);
});

test('no phrase spans two texts', async () => {
  const { client, numbers } = await clientWith({ summary: 'one two', body: 'three four' });
  await done(client.post(`/support/tickets/${numbers[0]}/comments`, { body: 'five six' }));
  for (const q of ['"one two"', '"three four"', '"five six"'])
    assert.deepEqual(await find(client, q), numbers, q);
  for (const q of ['"two three"', '"four five"']) assert.deepEqual(await find(client, q), [], q);
});

test('in a ticket with more words than positions, a phrase is found by its words', async () => {
  const { client, numbers } = await clientWith({ summary: 'Z', body: 'Z' });
  const words = (from: number) => Array.from({ length: 8_000 }, (_, i) => `w${from + (i % 500)}`).join(' ');
  for (const body of [words(1000), words(1000), words(1000), 'the very last words']) {
    await done(client.post(`/support/tickets/${numbers[0]}/comments`, { body }));
  }
  assert.deepEqual(await find(client, '"very last"'), numbers);
  assert.deepEqual(await find(client, '"very absent"'), []);
});
