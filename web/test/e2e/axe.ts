/** What axe finds on a page: short, for the message of a test. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** `exclude`: selectors of what axe leaves out. */
export async function axeViolations(page: Page, exclude: string[] = []): Promise<string[]> {
  await page.evaluate(axe);
  const result = await page.evaluate(
    // The script above puts it there.
    (exclude) =>
      (globalThis as unknown as { axe: { run(context: object): Promise<AxeResult> } }).axe.run({ exclude }),
    exclude,
  );
  return result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
