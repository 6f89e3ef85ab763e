/** The page that a sign-in link leads to: its script runs here against the server, with a few stand-ins for a browser. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, test } from 'node:test';
import vm from 'node:vm';
import { signInLinkAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';

const panel = 'https://panel.example';
const instance = await openInstance({ env: { ALLOWED_ORIGINS: panel } });
after(() => instance.close());
await instance.client(); // of the account that the links are for
const page = (language = 'en') => instance.anonymous.get('/support/session', { 'accept-language': language });

interface Visit {
  pathname?: string;
  hash: string;
  fetch?: () => Promise<unknown>;
}

/** Runs the script of the page; gives what a browser would have at the end. */
async function visit({ pathname = '/support/session', hash: fragment, fetch }: Visit) {
  const script = /<script>([\s\S]*)<\/script>/.exec((await page()).text)?.[1] ?? '';
  const sections = ['opening', 'expired', 'failed'].map((id) => ({ id, hidden: id !== 'opening' }));
  const seen = { asked: '', url: '', left: '', stored: new Map<string, string>() };
  const post = async (url: string, { body }: { body: string }) => {
    seen.asked = url;
    const { status, body: answer } = await instance.anonymous.post('/support/session', JSON.parse(body));
    return { status, ok: status < 300, json: async () => answer };
  };
  const done = new Promise<void>((resolve) => {
    const settled = () => void (sections[0]?.hidden && resolve());
    for (const section of sections) {
      let isHidden = section.hidden;
      Object.defineProperty(section, 'hidden', {
        get: () => isHidden,
        set(value: boolean) {
          isHidden = value;
          settled();
        },
      });
    }
    vm.runInNewContext(script, {
      location: {
        pathname,
        hash: fragment,
        replace(url: string) {
          seen.left = url;
          resolve();
        },
      },
      history: {
        replaceState(_state: null, _title: string, url: string) {
          seen.url = url;
        },
      },
      document: {
        querySelectorAll: () => sections,
        querySelector: () => ({
          addEventListener: () => {},
        }),
      },
      sessionStorage: { setItem: (key: string, value: string) => seen.stored.set(key, value) },
      addEventListener: () => {},
      fetch: fetch ?? post,
    });
  });
  await done;
  await new Promise(setImmediate); // the script has hidden one section and not yet shown the other
  const shown = sections.filter(({ hidden }) => !hidden).map(({ id }) => id);
  return { ...seen, shown };
}

test('the code of a link becomes a session of the tab, and the portal opens', async () => {
  const code = await signInLinkAt(instance);
  const { url, left, stored } = await visit({ hash: `#${code}` });
  assert.deepEqual([url, left], ['/support/session', '/portal/'], 'the code leaves the address');
  const session = JSON.parse(stored.get('paneldesk.session') ?? '');
  assert.deepEqual(Object.keys(session).sort(), [
    'account',
    'expires_at',
    'renewable_until',
    'token',
    'user',
  ]);
  const list = await instance.anonymous.get('/support/tickets', { 'x-token': session.token });
  assert.equal(list.status, 200);
  const used = await visit({ hash: `#${code}` });
  assert.deepEqual([used.shown, used.left, used.stored.size], [['expired'], '', 0]);
});

test('a link without its code, and a made-up code, are said to have expired', async () => {
  for (const hash of ['', '#nonsense', `#${'x'.repeat(200)}`])
    assert.deepEqual((await visit({ hash })).shown, ['expired'], hash);
});

test('when the server cannot be reached, the page says so', async () => {
  const { shown, left } = await visit({ hash: '#1.code', fetch: () => Promise.reject(new Error('offline')) });
  assert.deepEqual([shown, left], [['failed'], '']);
  const busy = await visit({ hash: '#1.code', fetch: async () => ({ status: 503, ok: false }) });
  assert.deepEqual(busy.shown, ['failed']);
});

test('behind a prefix that a proxy takes away, the page stays below it', async () => {
  const code = await signInLinkAt(instance);
  const { asked, left } = await visit({ pathname: '/desk/support/session', hash: `#${code}` });
  assert.deepEqual([asked, left], ['/desk/support/session', '/desk/portal/']);
});

test('the page is in the language of the browser, and its policy allows its own script and style only', async () => {
  const [english, russian] = [await page(), await page('ru')];
  assert.match(english.text, /<html lang="en">[\s\S]*no longer works/);
  assert.match(russian.text, /<html lang="ru">[\s\S]*больше не работает/);
  assert.match(String(english.headers.vary), /accept-language/);
  assert.match(String(english.headers['content-type']), /^text\/html/);
  const policy = String(english.headers['content-security-policy']);
  for (const [, name, text = ''] of english.text.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g))
    assert.ok(policy.includes(`${name}-src 'sha256-${hash('sha256', text, 'base64')}'`), name);
  assert.match(policy, new RegExp(`frame-ancestors 'self' ${panel}`), 'the panel may show it in a frame');
  assert.equal(english.headers['x-frame-options'], undefined);
});
