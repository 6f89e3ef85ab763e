/** Every operation that is measured, with its requests. */
import { accountOf, BIG_ACCOUNT, commentId, FIRST_NUMBER, hash, type Plan, stateOf } from './plan.ts';
import {
  type Request,
  read,
  readFixed,
  staffRead,
  staffWrite,
  type Target,
  upload,
  write,
  writeFixed,
} from './requests.ts';
import { bodyOf, marks, summaryOf, textOf, topicOf } from './texts.ts';

export interface Operation {
  name: string;
  /** The i-th request (from 0); undefined when there is nothing left to send. */
  request(plan: Plan, i: number): Request | undefined;
  /** Whether the peers can do it. */
  peers?: boolean;
  /** Whether pgbench can run its statements: they must work for a ticket in any state. */
  pgbench?: boolean;
}

/**
 * The load uses tickets with even numbers (odd ones are for pgbench). Those in the first half keep their state; those
 * in the second half are closed and reopened, each once.
 */
const half = (plan: Plan) => plan.tickets / 2;

/** A different ticket of the first half for every i. */
function someTicket(plan: Plan, i: number, fits: (k: number) => boolean = () => true): number {
  for (let attempt = 0; ; attempt++) {
    const k = 2 * (hash(i, 1000 + attempt) % Math.floor(half(plan) / 2));
    if (fits(k)) return k;
  }
}

const isOpen = (k: number) => stateOf(k) !== 'closed';
const isClosed = (k: number) => stateOf(k) === 'closed';

const queues = new Map<typeof isOpen, number[]>();

/** The i-th matching ticket of the second half; undefined after the last. */
function nextTicket(plan: Plan, i: number, fits: typeof isOpen): number | undefined {
  const queue =
    queues.get(fits) ?? Array.from({ length: half(plan) / 2 }, (_, at) => half(plan) + 2 * at).filter(fits);
  queues.set(fits, queue);
  const step = 611_953; // a prime: neighbours in the queue are far apart in the tables
  return i < queue.length ? queue[(i * step) % queue.length] : undefined;
}

const smallAccount = (plan: Plan, i: number) => 2 + (hash(i, 900) % (plan.accounts - 1));
const number = (k: number) => FIRST_NUMBER + k;

function ofTicket(plan: Plan, k: number, path = ''): Target {
  const account = accountOf(plan, k);
  return { account, number: number(k), path: `/support/tickets/${number(k)}${path}` };
}

function newTicket(plan: Plan, i: number) {
  const k = plan.tickets + i;
  return { summary: textOf(summaryOf(k)), comment_body: textOf(bodyOf(k, 0)) };
}

const newComment = (plan: Plan, i: number) => ({ body: textOf(bodyOf(plan.tickets + i, 1)) });

const search = (name: string, q: string, options: Partial<Operation> = {}): Operation => ({
  name: `search ${name}`,
  request: () => readFixed({ account: BIG_ACCOUNT, path: `/support/tickets?q=${encodeURIComponent(q)}` }),
  pgbench: true,
  ...options,
});

/** A page of 25 tickets, with the filter as written in the query. */
const staffQueue = (name: string, filter: string | ((plan: Plan) => string) = ''): Operation => ({
  name: `staff: queue, ${name}`,
  request: (plan) => staffRead(`/staff/tickets?${typeof filter === 'string' ? filter : filter(plan)}`),
});

const counted = [
  'is_closed=false',
  'assignee_id=none&is_closed=false',
  'waiting=support',
  'status_key=closed',
];

/** The cursor after 25,000 tickets, which are spread evenly over two years. */
const pageAt = (plan: Plan) => {
  const k = Math.max(0, plan.tickets - 25_000);
  return `${Math.floor(Date.now() - (1 - k / plan.tickets) * 2 * 365 * 86_400_000)}.${number(k)}`;
};

const bigPages = (plan: Plan) => Math.floor(plan.bigTickets / 10);
const bigPage = (page: number) => readFixed({ account: BIG_ACCOUNT, path: `/support/tickets?page=${page}` });

/** Node's own response, of the same size as a ticket. */
export const bareHttp: Operation = {
  name: 'node:http, fixed response',
  request: () => readFixed({ account: 1, path: '/' }),
};

export const operations: Operation[] = [
  {
    name: 'get ticket',
    request: (plan, i) => read(ofTicket(plan, someTicket(plan, i))),
    peers: true,
    pgbench: true,
  },
  {
    name: 'comments of a ticket',
    request: (plan, i) => read(ofTicket(plan, someTicket(plan, i, isClosed), '/comments')),
    peers: true,
    pgbench: true,
  },
  {
    name: 'get comment',
    request: (plan, i) => {
      const k = someTicket(plan, i);
      const comment = commentId(plan, k, 1);
      return read({ account: accountOf(plan, k), comment, path: `/support/comments/${comment}` });
    },
    pgbench: true,
  },
  {
    name: 'list, page 1',
    request: (plan, i) => read({ account: smallAccount(plan, i), path: '/support/tickets' }),
    peers: true,
    pgbench: true,
  },
  { name: 'list, page 1, big account', request: () => bigPage(1), peers: true, pgbench: true },
  {
    name: 'list, page 1,000, big account',
    request: (plan) => bigPage(Math.min(1000, bigPages(plan))),
    pgbench: true,
  },
  {
    name: 'list, middle page, big account',
    request: (plan) => bigPage(Math.ceil(bigPages(plan) / 2)),
    pgbench: true,
  },
  search('a word in every ticket', marks.everywhere, { peers: true }),
  search('a word in 1 %', marks.onePercent, { peers: true }),
  search('a Russian word in 1 %, by its stem', marks.onePercentRussian),
  search('a rare word', marks.rare, { peers: true }),
  search('a part of a host name', marks.host),
  search('a part of an address', marks.network),
  { name: 'topics', request: (plan, i) => read({ account: smallAccount(plan, i), path: '/support/topics' }) },
  {
    name: 'create ticket',
    request: (plan, i) =>
      write({ account: smallAccount(plan, i), path: '/support/tickets' }, newTicket(plan, i)),
    peers: true,
    pgbench: true,
  },
  {
    name: 'create ticket, one account',
    request: (plan, i) => writeFixed({ account: BIG_ACCOUNT, path: '/support/tickets' }, newTicket(plan, i)),
    pgbench: true,
  },
  {
    name: 'comment',
    request: (plan, i) =>
      write(ofTicket(plan, someTicket(plan, i, isOpen), '/comments'), newComment(plan, i)),
    peers: true,
    pgbench: true,
  },
  {
    name: 'comment, one account',
    request: (plan, i) =>
      write(
        ofTicket(
          plan,
          someTicket(plan, i, (k) => isOpen(k) && accountOf(plan, k) === BIG_ACCOUNT),
          '/comments',
        ),
        newComment(plan, i),
      ),
  },
  {
    name: 'change ticket',
    request: (plan, i) => ({
      ...write(ofTicket(plan, someTicket(plan, i)), { client_emails: [`ops-${i}@clients.example`] }),
      method: 'PATCH',
    }),
    pgbench: true,
  },
  {
    name: 'vote on a ticket',
    request: (plan, i) =>
      write(ofTicket(plan, someTicket(plan, i, isClosed), '/vote'), { score: 1 + (i % 10) }),
  },
  {
    name: 'vote on a comment',
    request: (plan, i) => {
      const k = someTicket(plan, i, isClosed);
      const path = `/support/comments/${commentId(plan, k, 1)}/vote`;
      return write({ account: accountOf(plan, k), path }, { score: 1 });
    },
  },
  {
    name: 'close',
    request: (plan, i) => {
      const k = nextTicket(plan, i, isOpen);
      return k === undefined ? undefined : write(ofTicket(plan, k, '/close'), {});
    },
  },
  {
    name: 'reopen',
    request: (plan, i) => {
      const k = nextTicket(plan, i, isClosed);
      return k === undefined ? undefined : write(ofTicket(plan, k, '/reopen'), newComment(plan, i));
    },
  },
  {
    name: 'upload a file of 1 kB',
    request: (plan, i) => upload({ account: smallAccount(plan, i), path: '/files/public/files' }),
  },
  {
    name: 'staff: ticket with comments',
    request: (plan, i) => staffRead(`/staff/tickets/${number(someTicket(plan, i))}`),
  },
  {
    name: 'staff: reply',
    request: (plan, i) =>
      staffWrite(`/staff/tickets/${number(someTicket(plan, i, isOpen))}/comments`, newComment(plan, i)),
  },
  staffQueue('open, last changed', 'is_closed=false'),
  staffQueue('all, last changed'),
  staffQueue('all, page 1,000', (plan) => `after=-updated.${pageAt(plan)}`),
  staffQueue('longest waiting', 'waiting=support&sort=waiting'),
  staffQueue('overdue', 'is_overdue=true&sort=due'),
  staffQueue('one assignee, closed', 'assignee_id=7&status_key=closed'),
  staffQueue('unassigned and urgent', 'assignee_id=none&priority=urgent&is_closed=false'),
  staffQueue('a topic, oldest', (plan) => `topic_key=${topicOf(plan.tickets / 2)}&sort=created`),
  staffQueue('a tag', 'tag=tag-17'),
  staffQueue('one account', (plan) => `account_id=${smallAccount(plan, 1)}`),
  staffQueue('search a word in every ticket', `q=${marks.everywhere}`),
  staffQueue('search a word in 1 %', `q=${marks.onePercent}`),
  staffQueue('search a rare word', `q=${marks.rare}`),
  staffQueue('search a part of a host name', `q=${marks.host}`),
  staffQueue(
    'search a common word, one assignee, closed',
    `q=${marks.everywhere}&assignee_id=7&is_closed=true`,
  ),
  {
    name: 'staff: counts of four views',
    request: (_, i) => staffRead(`/staff/counts/tickets?${counted[i % counted.length]}`),
  },
  { name: 'staff: feed, 100 events', request: () => staffRead('/staff/events?limit=100') },
];
