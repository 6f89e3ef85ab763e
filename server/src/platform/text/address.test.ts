import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { addressOf } from './address.ts';

const UNICODE = 'info@пример.рф';
const PUNYCODE = 'info@xn--e1afmkfd.xn--p1ai';

test('spacing, composition, case and the spelling of the domain make no other address', () => {
  const pads = [
    ' ',
    '\u3000',
    '\ufeff',
    '\u200b',
    '\u00a0',
    '\u2060',
    '\t\r\n',
    '\u2800',
    '\u00ad',
    '\u202e',
  ];
  for (const pad of pads) assert.equal(addressOf(`${pad}Anna@Host.Example${pad}${pad}`), 'anna@host.example');
  for (const text of [UNICODE, PUNYCODE, 'INFO@ПРИМЕР.РФ', PUNYCODE.toUpperCase(), 'info@пример。рф']) {
    assert.equal(addressOf(text), UNICODE, text);
  }
  assert.equal(addressOf('Zoe\u0308@host.example'), 'zo\u00eb@host.example');
});

test('an invalid domain is kept as it is: no address becomes one at another host', () => {
  for (const text of [
    'a@127.1',
    'a@0x7f.1',
    'a@1.22',
    'a@xn--.example',
    'a@xn--a-ecp.example',
    'a@\u2474.example',
    'nobody',
  ]) {
    assert.equal(addressOf(text), text);
  }
});

test('normalising a normalised address changes nothing', () => {
  const domain = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('пример.рф', 'xn--e1afmkfd', 'faß.de'),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), domain, (local, host) => {
      const address = addressOf(`${local}@${host}`);
      assert.equal(addressOf(address), address);
    }),
  );
});

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');

test('an international domain and its punycode are stored as the same address', async () => {
  const [acme, agent] = [await instance.client('acme'), await instance.staff()];
  const { number } = await ticketIn('open', acme, agent, {
    client_emails: [PUNYCODE, UNICODE, 'A@b.example'],
  });
  const read = async () => (await done(acme.get(`/support/tickets/${number}`))).body.client_emails;
  assert.deepEqual(await read(), [UNICODE, 'a@b.example']);
  await done(acme.patch(`/support/tickets/${number}`, { client_emails: [UNICODE, PUNYCODE.toUpperCase()] }));
  assert.deepEqual(await read(), [UNICODE]);
  const put = { name: 'Acme', email: PUNYCODE };
  const account = (await done(admin.put('/staff/accounts/by-external-id/acme', put))).body;
  assert.equal(account.email, UNICODE);
  await guestAt(instance, 'acme', { id: '8', name: 'Ivan', email: PUNYCODE });
  const { items } = (await done(admin.get(`/staff/accounts/${acme.accountId}/sessions`))).body;
  assert.equal(items[0].user.email, UNICODE);
});

test('a member invited with punycode signs in with the Unicode domain, and nobody else can take the address', async () => {
  const member = { email: PUNYCODE, name: 'Info', role: 'agent' };
  const { body } = await done(admin.post('/staff/members', member));
  assert.equal(body.email, UNICODE);
  assertProblem(await admin.post('/staff/members', { ...member, email: UNICODE }), 409, 'staff_exists');
  const password = 'three quiet herons';
  const { secret } = body.invitation;
  await done(instance.anonymous.post('/staff/session/accept', { secret, password }));
  for (const email of [UNICODE, PUNYCODE, ` ${UNICODE.toUpperCase()}\u200b`]) {
    await done(instance.anonymous.post('/staff/session', { email, password }));
  }
});
