/** The size of what a reader loads first, and later, compressed by gzip, against the budgets of docs/decisions/0008. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from '../build.ts';
import { WEB } from './sources.ts';

const KB = 1000;
const budgets = {
  portal: { first: 60 * KB, lazy: 40 * KB, css: 10 * KB, allCss: 13 * KB },
  console: { first: 250 * KB, lazy: 60 * KB, css: 20 * KB, allCss: 20 * KB },
};

before(() => build(WEB));

for (const [face, budget] of Object.entries(budgets)) {
  test(`the ${face} stays within its budget`, (t) => {
    const folder = join(WEB, 'dist', face);
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const assets = readdirSync(join(folder, 'assets')).filter((name) => /\.(?:js|css)$/.test(name));
    const sizes = assets.map((name) => {
      const size = gzipSync(readFileSync(join(folder, 'assets', name))).length;
      return { name, size, isFirst: html.includes(name) };
    });
    const sum = (some: typeof sizes) => some.reduce((total, { size }) => total + size, 0);
    const scripts = sizes.filter(({ name }) => name.endsWith('.js'));
    const first = sum(scripts.filter(({ isFirst }) => isFirst));
    const css = sum(sizes.filter(({ name, isFirst }) => isFirst && name.endsWith('.css')));
    t.diagnostic(`${face}: first JS ${(first / KB).toFixed(1)} kB, first CSS ${(css / KB).toFixed(1)} kB`);
    assert.ok(first <= budget.first, `first JS: ${first} bytes`);
    const allCss = sum(sizes.filter(({ name }) => name.endsWith('.css')));
    assert.ok(allCss <= budget.allCss, `all CSS: ${allCss} bytes`);
    assert.ok(css <= budget.css, `first CSS: ${css} bytes`);
    const isOfDevelopment = ({ name }: { name: string }) =>
      readFileSync(join(folder, 'assets', name), 'utf8').includes('the page reloads');
    assert.ok(!scripts.some(isOfDevelopment), 'only `npm run dev` follows the build by itself');
    for (const { name, size, isFirst } of scripts) {
      if (!isFirst) assert.ok(size <= budget.lazy, `${name}: ${size} bytes`);
    }
  });
}
