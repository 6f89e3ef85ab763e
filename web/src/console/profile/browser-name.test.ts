import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserOf } from './browser-name.ts';

test('a browser is told by its own mark, not by those that it shares', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
  assert.equal(browserOf(chrome), 'Chrome, Windows');
  assert.equal(browserOf(`${chrome} Edg/156.0`), 'Edge, Windows');
  assert.equal(browserOf('Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko Firefox/151.0'), 'Firefox, Linux');
  assert.equal(
    browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1'),
    'Safari, iOS',
  );
  assert.equal(browserOf('curl/8.9'), null);
  assert.equal(browserOf(null), null);
});
