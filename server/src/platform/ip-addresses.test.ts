/** The networks from which a token may be used. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAllowedFrom, isNetwork } from './ip-addresses.ts';

const allowed: Array<[address: string, networks: string[]]> = [
  ['192.0.2.7', []],
  ['no address', []],
  ['192.0.2.7', ['192.0.2.7']],
  ['192.0.2.7', ['198.51.100.0/24', '192.0.2.0/24']],
  ['192.0.2.7', ['192.0.2.99/24']],
  ['192.0.2.7', ['0.0.0.0/0']],
  ['::ffff:192.0.2.7', ['192.0.2.0/24']],
  ['::ffff:c000:207', ['192.0.2.0/24']],
  ['192.0.2.7', ['::ffff:192.0.2.0/120']],
  ['2001:db8::7', ['2001:db8::/32']],
  ['2001:0DB8:0:0::0007', ['2001:db8::7']],
  ['fe80::1%eth0', ['fe80::/10']],
];

const refused: Array<[address: string, networks: string[]]> = [
  ['192.0.3.7', ['192.0.2.0/24']],
  ['192.0.2.8', ['192.0.2.7']],
  ['::ffff:192.0.3.7', ['192.0.2.0/24']],
  ['2001:db9::7', ['2001:db8::/32']],
  ['::1', ['0.0.0.0/0', '127.0.0.1']],
  ['127.0.0.1', ['::1']],
  ['', ['0.0.0.0/0']],
  ['192.0.2.7, 198.51.100.1', ['192.0.2.0/24']],
  ['unknown', ['0.0.0.0/0', '::/0']],
];

test('an address is allowed by the networks that contain it, also an IPv4 address mapped to IPv6', () => {
  for (const [address, networks] of allowed) {
    assert.ok(isAllowedFrom(address, networks), `${address} from ${networks}`);
  }
  for (const [address, networks] of refused) {
    assert.ok(!isAllowedFrom(address, networks), `${address} from ${networks}`);
  }
});

test('a network is an address with or without a prefix length, and nothing else', () => {
  for (const text of ['192.0.2.7', '192.0.2.0/24', '0.0.0.0/0', '::1', '2001:db8::/32', '::/0', '::1/128']) {
    assert.ok(isNetwork(text), text);
  }
  const none = ['', 'localhost', '192.0.2', '192.0.2.0/33', '192.0.2.0/', '192.0.2.0/024', '192.0.2.0/-1'];
  for (const text of [...none, '::/129', '010.0.0.1', 'fe80::1%eth0', '192.0.2.0-192.0.2.9', ' ::1', '*']) {
    assert.ok(!isNetwork(text), text);
  }
});
