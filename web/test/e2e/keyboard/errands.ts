/** What is done to a ticket in a day, each by keys alone. */
import { expect } from '@playwright/test';
import { type Keyboard, SLOW } from './keyboard.ts';

export interface Ticket {
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

export const errands: Errand[] = [
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
      await expect(keys.page.getByRole('dialog', { name: /^Snooze #/ }).locator(':focus')).toHaveCount(
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
