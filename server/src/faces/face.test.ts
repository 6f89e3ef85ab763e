/** The console and the portal, served from a build of the shape that `npm run build` makes. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import zlib from 'node:zlib';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { compressAssets } from '../../../web/compress.ts';

const webFolder = mkdtempSync(join(tmpdir(), 'paneldesk-web-'));
const script = `export const words = ${JSON.stringify('a word or two '.repeat(400))};\n`;
const indexOf = (face: string) =>
  `<!doctype html><script type="module" src="/${face}/assets/index-a1b2.js"></script>`;
for (const face of ['console', 'portal']) {
  const assets = join(webFolder, face, 'assets');
  mkdirSync(assets, { recursive: true });
  writeFileSync(join(webFolder, face, 'index.html'), indexOf(face));
  writeFileSync(join(webFolder, face, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(assets, 'index-a1b2.js'), script);
  writeFileSync(join(assets, 'index-c3d4.css'), 'body{}'.repeat(300));
  writeFileSync(join(assets, 'inter-e5f6.woff2'), 'wOF2');
}
writeFileSync(join(webFolder, 'secret.txt'), 'of nobody');
writeFileSync(join(webFolder, 'portal', 'embed.js'), 'export {};');
await compressAssets(webFolder);

const panel = 'https://panel.example';
const instance = await openInstance({ webFolder, env: { ALLOWED_ORIGINS: panel } });
after(async () => {
  await instance.close();
  rmSync(webFolder, { recursive: true });
});
const { anonymous } = instance;
const brotli = { 'accept-encoding': 'gzip, deflate, br, zstd' };

test('each face has its index at its path and at every path below that is not a file', async () => {
  for (const face of ['console', 'portal']) {
    for (const path of [
      '',
      '/',
      '/index.html',
      '/tickets/100001',
      '/views/3?q=a.b',
      '/t/1.5/x',
      '/..%2f..%2fsecret.txt',
    ]) {
      const { status, text, headers } = await anonymous.get(`/${face}${path}`);
      assert.deepEqual([status, text], [200, indexOf(face)], path);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.match(String(headers['cache-control']), /no-cache/);
      const tag = String(headers.etag);
      const again = await anonymous.get(`/${face}${path}`, { 'if-none-match': tag });
      assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', tag]);
    }
  }
});

test('a new build changes the ETag of the index, also one of the same length and time', async () => {
  const path = join(webFolder, 'console', 'index.html');
  const before = await anonymous.get('/console');
  writeFileSync(path, indexOf('console').replace('a1b2', 'b2a1'));
  const after = await anonymous.get('/console', { 'if-none-match': String(before.headers.etag) });
  writeFileSync(path, indexOf('console'));
  assert.equal(after.status, 200);
  assert.match(after.text, /b2a1/);
});

test('assets are kept for a year, with their types and without guesses', async () => {
  for (const [name, type] of [
    ['index-a1b2.js', /^(text|application)\/javascript; charset=utf-8$/i],
    ['index-c3d4.css', /^text\/css; charset=utf-8$/i],
    ['inter-e5f6.woff2', /^font\/woff2$/],
  ] as const) {
    const { status, headers } = await anonymous.get(`/console/assets/${name}`);
    assert.equal(status, 200, name);
    assert.match(String(headers['content-type']), type);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
});

test('assets are sent as the build has compressed them, in an encoding that the browser accepts', async () => {
  const get = (encoding?: string) =>
    instance.app.inject({
      url: '/portal/assets/index-a1b2.js',
      headers: encoding === undefined ? {} : { 'accept-encoding': encoding },
    });
  const plain = await get();
  assert.deepEqual([plain.headers['content-encoding'], plain.body], [undefined, script]);
  const br = await get(brotli['accept-encoding']);
  assert.equal(br.headers['content-encoding'], 'br');
  assert.equal(zlib.brotliDecompressSync(br.rawPayload).toString(), script);
  assert.equal(Number(br.headers['content-length']), br.rawPayload.length);
  const gz = await get('gzip');
  assert.equal(gz.headers['content-encoding'], 'gzip');
  assert.equal(zlib.gunzipSync(gz.rawPayload).toString(), script);
  for (const response of [plain, br, gz]) {
    assert.match(String(response.headers.vary), /accept-encoding/i);
    assert.match(String(response.headers['content-type']), /javascript/);
  }
  const font = await instance.app.inject({ url: '/portal/assets/inter-e5f6.woff2', headers: brotli });
  assert.deepEqual([font.headers['content-encoding'], font.body], [undefined, 'wOF2']);
});

test('files with lasting names are checked each time', async () => {
  const { status, headers } = await anonymous.get('/console/favicon.svg');
  assert.deepEqual([status, headers['content-type']], [200, 'image/svg+xml']);
  assert.match(String(headers['cache-control']), /no-cache/);
  assert.ok(headers.etag);
});

test('a file that is not there is a 404, and nothing outside of the build is sent', async () => {
  for (const path of [
    '/console/assets/gone-a1b2.js',
    '/console/assets',
    '/console/assets/',
    '/console/assets/..%2findex.html',
    '/console/assets/..%2f..%2fportal/index.html',
    '/console/assets/%2e%2e/%2e%2e/secret.txt',
    '/console/assets/..%5c..%5csecret.txt',
    '/console/assets/%2fetc/passwd',
    '/portal/gone.js',
    '/portal/gone.png',
  ])
    assertProblem(await anonymous.get(path, brotli), 404, 'page_not_found', path);
  for (const path of ['/console/../secret.txt', '/console/..%2fsecret.txt', '/portal/%2e%2e%2fsecret.txt'])
    assert.doesNotMatch((await anonymous.get(path)).text, /of nobody/, path);
});

test('HEAD has the headers of GET, and other methods are refused', async () => {
  for (const url of ['/console', '/console/tickets/1', '/console/assets/index-a1b2.js', '/portal/embed.js']) {
    const [get, head] = [
      await anonymous.get(url, brotli),
      await anonymous.send({ method: 'HEAD', url, headers: brotli }),
    ];
    assert.deepEqual([head.status, head.text], [200, ''], url);
    for (const name of [
      'content-type',
      'cache-control',
      'etag',
      'content-security-policy',
      'content-encoding',
      'vary',
    ])
      assert.equal(head.headers[name], get.headers[name], `${name} of ${url}`);
    const refused = await anonymous.post(url, {});
    assertProblem(refused, 405, 'method_not_allowed', url);
    assert.equal(refused.headers.allow, 'GET, HEAD');
  }
});

test('the pages have a strict content security policy; only the portal may be framed, by the panel', async () => {
  const policyOf = async (url: string) => {
    const { headers } = await anonymous.get(url);
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    const text = String(headers['content-security-policy']);
    return {
      headers,
      policy: new Map(text.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')])),
    };
  };
  for (const face of ['console', 'portal']) {
    const { policy } = await policyOf(`/${face}/x`);
    for (const name of ['default-src', 'script-src', 'style-src', 'connect-src', 'font-src', 'form-action'])
      assert.equal(policy.get(name), "'self'", name);
    assert.equal(policy.get('img-src'), "'self' blob: data:");
    for (const name of ['base-uri', 'object-src']) assert.equal(policy.get(name), "'none'", name);
    assert.equal(policy.get('require-trusted-types-for'), "'script'");
  }
  const [inside, outside] = [await policyOf('/console'), await policyOf('/portal')];
  assert.deepEqual(
    [inside.policy.get('frame-ancestors'), inside.headers['x-frame-options']],
    ["'none'", 'DENY'],
  );
  assert.deepEqual(
    [outside.policy.get('frame-ancestors'), outside.headers['x-frame-options']],
    [`'self' ${panel}`, undefined],
  );
});

test('pages of the panel may load the files of the portal, and none of the console', async () => {
  for (const path of ['embed.js', 'assets/index-a1b2.js'])
    assert.equal((await anonymous.get(`/portal/${path}`)).headers['access-control-allow-origin'], '*');
  const { headers } = await anonymous.get('/console/assets/index-a1b2.js');
  assert.equal(headers['access-control-allow-origin'], undefined);
});

test('without a build the faces say what to run, and everything else works', async () => {
  const bare = await openInstance({ webFolder: join(webFolder, 'none') });
  after(() => bare.close());
  for (const url of ['/console', '/portal/tickets/1']) {
    const { status, text, headers } = await bare.anonymous.get(url, {
      'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8',
    });
    assert.equal(status, 503);
    assert.match(text, /lang="ru"/);
    assert.match(text, /npm run build/);
    assert.equal(headers['cache-control'], 'no-store');
  }
  assertProblem(await bare.anonymous.get('/console/assets/index-a1b2.js'), 404, 'page_not_found');
  assert.equal((await bare.anonymous.get('/health/ready')).status, 200);
});
