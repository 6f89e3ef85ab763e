/** A day's work by keyboard alone: twenty tickets, and the focus is always on something that shows it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 15_000 };

interface Ticket {
  number: number;
  status_key: string;
  priority: string;
  topic_key: string | null;
  tags: string[];
  assignee_id: number | null;
  is_snoozed: boolean;
  merged_into_ticket_number: number | null;
  comments: { body: string; is_internal: boolean; splitted_to_ticket_number: number | null }[];
  delayed_replies: { body: string; status_key: string | null }[];
}

const read = (number: number) => desk.api<Ticket>(`/staff/tickets/${number}`);

/** The only way in which these tests touch the page: a mouse would be a cheat. */
class Keyboard {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async press(...keys: string[]) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await expect.poll(() => this.page.evaluate(whyNotVisible), `the focus after ${key}`).toBe('');
    }
  }
  async type(text: string) {
    await this.page.keyboard.type(text);
  }
  /** Types into the field that has the focus, and takes the option with this name. */
  async choose(text: string, option: RegExp) {
    await this.type(text);
    await expect(this.page.getByRole('option', { name: option }).first()).toBeVisible(SLOW);
    const chosen = this.page.locator('[role=option]:is([aria-selected=true], [data-highlighted])').first();
    const isChosen = async () =>
      (await chosen.count()) > 0 && option.test((await chosen.textContent()) ?? '');
    for (let i = 0; i < 20 && !(await isChosen()); i++) await this.press('ArrowDown');
    assert.ok(await isChosen(), `arrows lead to ${option}`);
    await this.press('Enter');
  }
  /** Single keys are letters in a field: Esc leaves it first. */
  async leaveField() {
    if (await this.page.evaluate(() => document.activeElement?.matches('textarea')))
      await this.press('Escape');
  }
  /** A command of the palette. */
  async run(command: string) {
    await this.press('Control+k');
    await expect(this.page.getByRole('combobox', { name: 'Search or jump to…' })).toBeFocused(SLOW);
    await this.choose(command, new RegExp(`^${command}`));
  }
  /** Goes on until a control with this name has the focus. */
  async goTo(name: RegExp, key = 'Tab') {
    for (let i = 0; i < 40; i++) {
      const own = await this.page.evaluate(
        () =>
          document.activeElement?.closest('label')?.textContent ??
          document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent ??
          '',
      );
      if (name.test(own)) return;
      await this.press(key);
    }
    assert.fail(`${key} does not lead to ${name}`);
  }
}

/** Why the reader does not see where the focus is; nothing when they do. */
function whyNotVisible(): string {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'it is lost';
  const chosen = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '');
  const box = (chosen ?? focused).getBoundingClientRect();
  const isInView = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  const name = `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40)}`;
  if (box.width === 0 || box.height === 0 || !isInView) return `${name} is out of view`;
  if (focused.matches('textarea, input:not([type=checkbox], [type=radio])')) return ''; // its caret blinks
  const isMarked = (element: Element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  };
  return isMarked(focused) || (focused.parentElement && isMarked(focused.parentElement))
    ? ''
    : `${name} has no ring`;
}

interface Errand {
  what: string;
  /** The ticket is open. */
  work(keys: Keyboard): Promise<void>;
  isDone(ticket: Ticket): boolean;
  /** The console has gone to the next one by itself. */
  goesOn?: true;
}

const say = async (keys: Keyboard, text: string, sending = 'Control+Enter') => {
  await keys.press('r');
  await keys.type(text);
  await keys.press(sending);
};
const hasReply = ({ comments, delayed_replies }: Ticket, body: string) =>
  [...comments, ...delayed_replies].some((each) => each.body === body);

const errands: Errand[] = [
  {
    what: 'reply',
    work: (keys) => say(keys, 'It is done.'),
    isDone: (ticket) => hasReply(ticket, 'It is done.'),
  },
  {
    what: 'undo a reply',
    async work(keys) {
      await say(keys, 'Too early.');
      await expect(keys.page.getByText(/^sending in/)).toBeVisible(SLOW);
      await keys.press('Escape', 'z');
      await expect(keys.page.getByRole('textbox', { name: /^Reply to/ })).toHaveValue('Too early.', SLOW);
    },
    isDone: (ticket) => !hasReply(ticket, 'Too early.'),
  },
  {
    what: 'reply and resolve',
    work: (keys) => say(keys, 'Solved.', 'Control+Shift+Enter'),
    isDone: ({ delayed_replies, status_key }) =>
      delayed_replies[0]?.status_key === 'resolved' || status_key === 'resolved',
  },
  {
    what: 'reply and go on',
    work: (keys) => say(keys, 'Next, please.', 'Control+Alt+Enter'),
    isDone: (ticket) => hasReply(ticket, 'Next, please.'),
    goesOn: true,
  },
  {
    what: 'note with a colleague',
    async work(keys) {
      await keys.press('n');
      await keys.choose('Look, @Dan', /Daniel Reyes/);
      await keys.press('Control+Enter');
    },
    isDone: ({ comments }) =>
      comments.some(({ body, is_internal }) => is_internal && body.startsWith('Look, @Daniel Reyes')),
  },
  {
    what: 'canned response',
    async work(keys) {
      await keys.press('m');
      await keys.choose('mtr', /mtr/);
      await expect(keys.page.getByRole('textbox', { name: /^Reply to/ })).toHaveValue(/.{20,}/, SLOW);
      await keys.press('Control+Enter');
    },
    isDone: ({ delayed_replies, comments }) => delayed_replies.length + comments.length > 2,
  },
  {
    what: 'quote',
    async work(keys) {
      await keys.press('o', '[', 'q');
      await expect(keys.page.getByRole('textbox', { name: /^Reply to/ })).toHaveValue(/^> /, SLOW);
      await keys.press('Control+End');
      await keys.type('Quoted.');
      await keys.press('Control+Enter');
    },
    isDone: ({ delayed_replies, comments }) =>
      [...comments, ...delayed_replies].some(({ body }) => /^> [\s\S]*Quoted\.$/.test(body)),
  },
  {
    what: 'assign',
    async work(keys) {
      await keys.press('a');
      await keys.choose('Hanna', /Hanna/);
    },
    isDone: ({ assignee_id }) => assignee_id !== null,
  },
  {
    what: 'assign, and undo',
    async work(keys) {
      await keys.press('i', 'z'); // before the response to the first is there
      await expect(keys.page.getByText('Elena Markova unassigned it')).toBeVisible(SLOW);
    },
    isDone: ({ assignee_id }) => assignee_id === null,
  },
  {
    what: 'topic',
    async work(keys) {
      await keys.press('t');
      await keys.choose('Network', /Network/);
    },
    isDone: ({ topic_key }) => topic_key === 'network',
  },
  {
    what: 'priority',
    work: (keys) => keys.run('Priority: Urgent'),
    isDone: ({ priority }) => priority === 'urgent',
  },
  {
    what: 'tag',
    async work(keys) {
      await keys.run('Tags…');
      await expect(keys.page.getByRole('combobox', { name: /^Tags/ })).toBeFocused(SLOW);
      await keys.choose('by-keyboard', /by-keyboard/);
      await keys.press('Escape');
      await expect(keys.page.getByRole('combobox', { name: /^Tags/ })).toHaveCount(0);
    },
    isDone: ({ tags }) => tags.includes('by-keyboard'),
  },
  {
    what: 'snooze',
    async work(keys) {
      await keys.press('h');
      await expect(keys.page.getByRole('dialog', { name: /^Remind me/ }).locator(':focus')).toHaveCount(
        1,
        SLOW,
      );
      await keys.goTo(/^Tomorrow morning/);
      await keys.press('Enter');
    },
    isDone: ({ is_snoozed }) => is_snoozed,
  },
  {
    what: 'resolve',
    work: (keys) => keys.press('e'),
    isDone: ({ status_key }) => status_key === 'resolved',
    goesOn: true,
  },
  {
    what: 'close',
    async work(keys) {
      await keys.run('Close without a reply…');
      await expect(keys.page.getByRole('textbox', { name: /^Reason/ })).toBeFocused(SLOW);
      await keys.type('Asked by phone');
      await keys.press('Enter');
    },
    isDone: ({ status_key }) => status_key === 'closed',
  },
  {
    what: 'close, and reopen',
    async work(keys) {
      await keys.run('Close without a reply…');
      await expect(keys.page.getByRole('textbox', { name: /^Reason/ })).toBeFocused(SLOW);
      await keys.press('Enter');
      await expect(keys.page.getByRole('button', { name: 'Reopen', exact: true })).toBeVisible(SLOW);
      await keys.press('Shift+e');
      await expect(keys.page.getByText('This ticket is closed.')).toBeHidden(SLOW);
    },
    isDone: ({ status_key }) => status_key !== 'closed',
  },
  {
    what: 'split',
    async work(keys) {
      await keys.press('o', '[', 's');
      const dialog = keys.page.getByRole('dialog', { name: /^Split/ });
      await expect(dialog.getByRole('textbox')).toBeFocused(SLOW);
      await keys.type('A ticket of its own');
      await keys.press('Enter');
      await expect(dialog).toBeHidden(SLOW);
    },
    isDone: ({ comments }) => comments.some(({ splitted_to_ticket_number: to }) => to !== null),
  },
  {
    what: 'merge',
    async work(keys) {
      await keys.run('Merge into…');
      const dialog = keys.page.getByRole('dialog', { name: /^Merge/ });
      await expect(dialog.getByRole('textbox')).toBeFocused(SLOW);
      await keys.type('Target of the merge');
      await expect(dialog.getByRole('radio')).toHaveCount(1, SLOW);
      await keys.press('Tab', 'Space');
      await keys.goTo(/^Merge$/);
      await keys.press('Enter');
      await expect(dialog).toBeHidden(SLOW);
    },
    isDone: ({ merged_into_ticket_number: into }) => into !== null,
  },
  {
    what: 'resolve by the menu of the row',
    async work(keys) {
      await keys.press('Shift+F10');
      await expect(keys.page.getByRole('menuitem').first()).toBeVisible(SLOW);
      await keys.goTo(/^ResolveE?$/, 'ArrowDown');
      await keys.press('Enter');
    },
    isDone: ({ status_key }) => status_key === 'resolved',
  },
  {
    what: 'details and the link',
    async work(keys) {
      await keys.press('d', 'd', 'l');
    },
    isDone: () => true,
  },
];

test('40: twenty tickets are worked on by keyboard alone, and the focus is never lost', async () => {
  assert.equal(errands.length, 20);
  const account = await desk.account('Lantern');
  await account.open('Target of the merge');
  const numbers: number[] = [];
  for (const { what } of errands) {
    const number = await account.open(`Errand: ${what}`);
    await account.comment(number, 'And one thing more.');
    numbers.push(number);
  }
  const { page, errors } = await desk.agent('Elena Markova');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const keys = new Keyboard(page);

  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search or jump to…' })).toBeFocused(SLOW);
  await keys.choose('errand', /^Search all tickets/);
  await expect(page.getByRole('link', { name: /Errand: reply/ }).first()).toBeVisible(SLOW);
  await page.goto(`${desk.url}/console/search?q=errand&sort=created`); // the order in which they were opened
  await expect(page.getByRole('link', { name: /Errand: reply/ }).first()).toBeVisible(SLOW);

  let isOpen = false;
  for (const [index, { what, work, isDone, goesOn }] of errands.entries()) {
    const number = numbers[index] ?? 0;
    if (!isOpen) await keys.leaveField();
    if (!isOpen) await keys.press('j');
    await expect(page, what).toHaveURL(new RegExp(`/${number}\\b`));
    await expect(page.getByRole('button', { name: `Errand: ${what}`, exact: true })).toBeVisible(SLOW);
    isOpen = goesOn === true;
    await work(keys);
    await expect.poll(async () => isDone(await read(number)), { ...SLOW, message: what }).toBe(true);
    await expect.poll(() => page.evaluate(whyNotVisible), `the focus after: ${what}`).toBe('');
  }
  assert.deepEqual(errors, []);
});
