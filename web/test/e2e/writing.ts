/** What the tests of writing share: a ticket in the console, the parts of its composer, and what the server has of it. */
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import type { Desk } from './desk.ts';

interface Comment {
  id: number;
  body: string;
  is_internal: boolean;
  mentions: number[];
}
interface Ticket {
  comments: Comment[];
  delayed_replies: { body: string }[];
  drafts: { body: string; staff_name: string }[];
  status_key: string;
}

export const slow = { timeout: 20_000 };
export const reply = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });
export const note = (page: Page) => page.getByRole('textbox', { name: 'Write a note for the team…' });
export const thread = (page: Page) => page.getByRole('region', { name: 'Conversation' });

export function writingOn(desk: Desk) {
  const find = (number: number) => desk.api<Ticket>(`/staff/tickets/${number}`);
  let next = 0;
  return {
    find,
    /** A ticket of its own for each test, open in the console of an agent. */
    async openTicket(name = 'Elena Markova', number = 0) {
      const visitor = await desk.agent(name);
      const { items } = await desk.api<{ items: { number: number }[] }>(
        '/staff/tickets?waiting=support&is_closed=false&sort=created',
      );
      const chosen = number || (items[next++]?.number ?? 0);
      await visitor.page.goto(`${desk.url}/console/open/${chosen}`);
      await expect(reply(visitor.page)).toBeVisible(slow);
      return { ...visitor, number: chosen };
    },
    /** The replies of Elena Markova wait for this long only. */
    setUndo: (seconds: number) =>
      desk.api('/staff/me', {
        method: 'PATCH',
        body: JSON.stringify({ preferences: { undo_seconds: seconds } }),
      }),
    async countOf(number: number, body: string) {
      const { comments, delayed_replies } = await find(number);
      return [...comments, ...delayed_replies].filter((each) => each.body === body).length;
    },
    isSent: (number: number, body: string) =>
      expect
        .poll(async () => (await find(number)).comments.filter((each) => each.body === body).length, slow)
        .toBe(1),
  };
}
