/** The conversations of the demo, and when what happens in them. Times are milliseconds since 1970. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { named, readerOf } from './read.ts';
import { type Account, Conversation } from './schema.ts';
import { msOf, withTimes } from './times.ts';

export type Thread = ReturnType<typeof readConversations>[number];
export type Moment = ReturnType<typeof momentsOf>[number];

const folder = join(import.meta.dirname, 'conversations');

/** All of them, with the times in their texts. Each is named by its file: `en/cpu-steal`. */
export function readConversations(customers: Map<string, Account>, now: number) {
  const read = readerOf(Conversation);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const conversation = read(`conversations/${file}`);
      const { locale, utc_offset_hours } = named(customers, conversation.account);
      const told = { locale, utc_offset_hours, opened: timeOf(conversation.opened, now) };
      const filled: Conversation = JSON.parse(withTimes(JSON.stringify(conversation), told));
      return { ...filled, name: file.replace('.yaml', ''), told };
    });
}

function timeOf(opened: string, now: number): number {
  const [span = '', time] = opened.split(' ');
  if (time === undefined) return now - msOf(span);
  return now - (now % msOf('1d')) - msOf(span) + Date.parse(`1970-01-01T${time}Z`);
}

/** What has happened until `now`, in its order. */
export function momentsOf(threads: Thread[], now: number) {
  const momentsIn = (thread: Thread) => {
    let at = thread.told.opened;
    return thread.steps.map((step, index) => {
      at += msOf(step.after ?? '');
      return { at, thread, step, index };
    });
  };
  return threads
    .flatMap(momentsIn)
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at);
}
