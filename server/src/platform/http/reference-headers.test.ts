/** The reference is the one page served to browsers: what it may load, and who may frame it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { load } from 'js-yaml';
import { openInstance } from '#test/instance.ts';

const instance = await openInstance();
after(() => instance.close());

test('the reference runs no foreign scripts, cannot be framed and is not sniffed', async () => {
  const pages = ['/docs', '/docs/', '/docs/json', '/docs/yaml', '/docs/static/swagger-ui-bundle.js'];
  for (const url of pages) {
    const { status, headers } = await instance.anonymous.get(url);
    assert.equal(status, 200, url);
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split('; ')
        .map((directive) => directive.split(/ (.*)/)),
    );
    assert.equal(policy['default-src'], "'none'", url);
    assert.equal(policy['script-src'], "'self'", url);
    assert.equal(policy['style-src'], "'self'", url);
    assert.equal(policy['frame-ancestors'], "'none'", url);
    assert.equal(headers['x-content-type-options'], 'nosniff', url);
    assert.equal(headers['x-frame-options'], 'DENY', url);
  }
});

test('the reference works under its content security policy: it has no inline script or style', async () => {
  const { text } = await instance.anonymous.get('/docs');
  assert.doesNotMatch(text, /<script(?![^>]* src=)|<style| style=| on\w+=/);
  assert.doesNotMatch(text, /(src|href)="(https?:|\/\/)/);
});

test('the reference in YAML is the one in JSON, without aliases, which few tools read in such numbers', async () => {
  const { text } = await instance.anonymous.get('/docs/yaml');
  assert.doesNotMatch(text, /^ *(\w+:|-) [&*]a\d+$/m);
  assert.deepEqual(load(text), (await instance.anonymous.get('/openapi.json')).body);
});
