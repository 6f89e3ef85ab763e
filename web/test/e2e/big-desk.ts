/** A running Paneldesk with many tickets, for measurements: those of the bench, and one ticket with 1,000 comments. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { generate } from '../../../bench/generate.ts';
import { lexemesOfPhrases } from '../../../bench/lexemes.ts';
import { FIRST_NUMBER, STAFF_TOKEN, tokenOf } from '../../../bench/plan.ts';
import { createDatabase } from '../../../server/test/instance.ts';
import { serve } from '../../../server/test/paneldesk.ts';
import { CHROMIUM, FLAGS } from './desk.ts';

const PASSWORD = 'three quiet herons at dawn';
export const LONG_TICKET = FIRST_NUMBER;

export interface BigDesk {
  url: string;
  browser: Browser;
  /** As the client of the first account. */
  asClient(path: string, body?: unknown): Promise<Response>;
  asStaff(path: string, body?: unknown): Promise<Response>;
  /** A page of the console, signed in. */
  openConsole(): Promise<Page>;
  close(): Promise<void>;
}

export async function openBigDesk(tickets: number, log: (line: string) => void): Promise<BigDesk> {
  const database = await createDatabase();
  const plan = { tickets, commentsPerTicket: 3, accounts: 100, bigTickets: Math.round(tickets / 5) };
  await generate(database, plan, await lexemesOfPhrases(database), log);
  const limits = { LIMIT_COMMENTS_PER_MINUTE: '0', LIMIT_READS_PER_MINUTE: '0' };
  const server = await serve({
    env: { DATABASE_URL: database, DATA_DIR: mkdtempSync(join(tmpdir(), 'paneldesk-perf-')), ...limits },
  });
  const { url } = server;
  const request = (token: string) => (path: string, body?: unknown) =>
    fetch(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'X-Token': token, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const [asStaff, asClient] = [request(STAFF_TOKEN), request(tokenOf(1))];

  const { invitation } = (await (await asStaff('/staff/members/1/reset', {})).json()) as {
    invitation: { secret: string };
  };
  await asStaff('/staff/session/accept', { secret: invitation.secret, password: PASSWORD });
  for (let i = 0; i < 1000; i++) {
    const body = `Message ${i}: the **loss** is at \`hop ${i % 9}\`, see\n\n\`\`\`\nmtr -rwc 200 192.0.2.${i % 250}\n\`\`\``;
    await asClient(`/support/tickets/${LONG_TICKET}/comments`, { body });
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

  return {
    url,
    browser,
    asClient,
    asStaff,
    async openConsole() {
      const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      await page.goto(`${url}/console/open`);
      await page.getByLabel('E-mail').fill('staff-1@host.example');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.locator('[data-number]').first().waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}
