/** The rows of the plan's tickets in COPY format, a round of tickets at a time. No text needs escaping. */
import { accountMark } from '../server/src/platform/text/search-words.ts';
import {
  accountOf,
  commentId,
  FIRST_COMMENT,
  FIRST_NUMBER,
  hash,
  type Plan,
  ROUND,
  STAFF,
  type State,
  stateOf,
  TAGS,
  tagOf,
} from './plan.ts';
import { aliasOf, bodyOf, summaryOf, textOf, topicOf } from './texts.ts';

const TWO_YEARS_MS = 2 * 365 * 86_400_000;
const HOUR_MS = 3_600_000;

export const ticketColumns = `account_id, number, summary, topic_key, status_key, is_closed, is_resolved, has_reply,
  is_client_author, is_client_read, client_aliased_name, vote, version, created_at, updated_at, closed_at,
  priority, tags, assignee_id, is_staff_read, waiting_since, first_response_at, resolved_at, first_response_due_at`;

export function* ticketRows(plan: Plan): Generator<string> {
  const openedAt = clock(plan);
  for (let first = 0; first < plan.tickets; first += ROUND) {
    let rows = '';
    for (let k = first; k < first + ROUND; k++) {
      const state = stateOf(k);
      const isClosed = state === 'closed';
      const isResolved = state === 'resolved' || (isClosed && hash(k, 60) % 4 !== 0);
      const updatedAt = time(openedAt(k) + plan.commentsPerTicket * HOUR_MS);
      rows +=
        `${accountOf(plan, k)}\t${FIRST_NUMBER + k}\t${textOf(summaryOf(k))}\t${topicOf(k)}\t${state}\t${isClosed}\t` +
        `${isResolved}\t${state !== 'new'}\tt\t${state !== 'await_client'}\t${textOf(aliasOf(k)) || '\\N'}\t` +
        `${voteOf(k, state)}\t${plan.commentsPerTicket}\t${time(openedAt(k))}\t${updatedAt}\t` +
        `${isClosed ? updatedAt : '\\N'}\t${queueFieldsOf(k, state, isResolved, updatedAt)}\n`;
    }
    yield rows;
  }
}

/**
 * The fields of the queue: seven in ten tickets have an assignee, one in a hundred is urgent, one in fifty has a tag.
 */
function queueFieldsOf(k: number, state: State, isResolved: boolean, updatedAt: string): string {
  const isWaiting = state === 'new' || state === 'in_progress';
  const assignee = hash(k, 70) % 10 < 7 ? 1 + (hash(k, 71) % STAFF) : '\\N';
  const priority = ['urgent', 'high', 'low'][hash(k, 72) % 100] ?? 'normal';
  const tags = hash(k, 73) % 50 === 0 ? `{${tagOf(hash(k, 74) % TAGS)}}` : '{}';
  const due = hash(k, 75) % 2 === 0 ? updatedAt : '\\N';
  return (
    `${priority}\t${tags}\t${assignee}\t${!isWaiting}\t${isWaiting ? updatedAt : '\\N'}\t` +
    `${state === 'new' ? '\\N' : updatedAt}\t${isResolved ? updatedAt : '\\N'}\t${due}`
  );
}

export const commentColumns = `account_id, id, ticket_number, body, is_client_author, is_client_read, author_name,
  ticket_version, sent_at`;

/** Alternates between client and staff. A new ticket has no reply, and the last reply may be unread. */
export function* commentRows(plan: Plan): Generator<string> {
  const openedAt = clock(plan);
  for (let first = 0; first < plan.tickets; first += ROUND) {
    for (let j = 0; j < plan.commentsPerTicket; j++) {
      let rows = '';
      for (let k = first; k < first + ROUND; k++) {
        const state = stateOf(k);
        const byClient = j % 2 === 0 || state === 'new';
        const isRead = byClient || state !== 'await_client';
        rows +=
          `${accountOf(plan, k)}\t${commentId(plan, k, j)}\t${FIRST_NUMBER + k}\t${textOf(bodyOf(k, j))}\t` +
          `${byClient}\t${isRead}\t${byClient ? `Account ${accountOf(plan, k)}` : 'Anna Petrova'}\t${j + 1}\t` +
          `${time(openedAt(k) + j * HOUR_MS)}\n`;
      }
      yield rows;
    }
  }
}

export const searchColumns = 'account_id, number, comment_id, words';

/**
 * `lexemes` has the search tokens of each phrase; see lexemes.ts. Each is there for staff, and for the account; those of an
 * alias also as a client's name.
 */
export function* searchRows(plan: Plan, lexemes: string[][]): Generator<string> {
  const tokensOf = (phrases: number[]) => phrases.flatMap((phrase) => lexemes[phrase] ?? []);
  for (let first = 0; first < plan.tickets; first += ROUND) {
    let rows = '';
    for (let k = first; k < first + ROUND; k++) {
      const [account, number] = [accountOf(plan, k), FIRST_NUMBER + k];
      const row = (comment: number, tokens: string[], names: string[] = []) => {
        const words = Array.from(new Set(tokens), (token) => `'${token}' '${accountMark(account)}${token}'`);
        const named = names.map((token) => `'@${token}'`);
        rows += `${account}\t${number}\t${comment}\t${[...words, ...named].join(' ')}\n`;
      };
      const alias = tokensOf(aliasOf(k));
      row(0, [`#${number}`, ...tokensOf(summaryOf(k)), ...alias], alias);
      for (let j = 0; j < plan.commentsPerTicket; j++)
        row(commentId(plan, k, j), tokensOf([...bodyOf(k, j)]));
    }
    yield rows;
  }
}

export const firstFree = (plan: Plan) => ({
  number: FIRST_NUMBER + plan.tickets,
  comment: FIRST_COMMENT + plan.tickets * plan.commentsPerTicket,
});

const voteOf = (k: number, state: State) =>
  state === 'closed' && hash(k, 61) % 5 === 0
    ? `{"score": ${1 + (hash(k, 62) % 10)}, "comment": null, "created_at": "2026-01-01T00:00:00.000Z"}`
    : '\\N';

/** Tickets are opened evenly over two years. The last one is old enough for all its comments to be in the past. */
function clock(plan: Plan) {
  const start = Date.now() - TWO_YEARS_MS - (plan.commentsPerTicket + 1) * HOUR_MS;
  return (k: number) => start + Math.floor((k / plan.tickets) * TWO_YEARS_MS);
}

const time = (ms: number) => new Date(ms).toISOString();
