/**
 * Defines all generated data by arithmetic: from the plan, anybody can compute each ticket, its account, state and
 * comments. The generator, the load and pgbench agree without a list of a million rows.
 */

export interface Plan {
  tickets: number;
  commentsPerTicket: number;
  accounts: number;
  /** Tickets of account 1. The other accounts share the rest evenly. */
  bigTickets: number;
}

export type State = 'closed' | 'resolved' | 'await_client' | 'in_progress' | 'new';

export const FIRST_NUMBER = 100_001;
export const FIRST_COMMENT = 500_001;
export const BIG_ACCOUNT = 1;
/**
 * Comments are written in rounds over this many tickets, so that those of one ticket are apart in the table, as in
 * production.
 */
export const ROUND = 1000;

/** Staff members, and tags that tickets may have. */
export const STAFF = 20;
export const TAGS = 50;
export const tagOf = (i: number) => `tag-${i}`;

const SPREAD = 7919; // a prime: tickets close in time belong to accounts far apart

/** The account of the k-th ticket (from 0). */
export function accountOf(plan: Plan, k: number): number {
  return k % strideOf(plan) === 0 ? BIG_ACCOUNT : 2 + ((k * SPREAD) % (plan.accounts - 1));
}

/** The same as a pgbench expression. */
export function pgbenchAccount(plan: Plan): string {
  return `case when :k % ${strideOf(plan)} = 0 then ${BIG_ACCOUNT} else 2 + (:k * ${SPREAD}) % ${plan.accounts - 1} end`;
}

/** The id of the j-th comment (from 0) of the k-th ticket. */
export function commentId(plan: Plan, k: number, j: number): number {
  const round = Math.floor(k / ROUND);
  return FIRST_COMMENT + round * ROUND * plan.commentsPerTicket + j * ROUND + (k % ROUND);
}

/** The same as a pgbench expression, for the second comment. */
export function pgbenchComment(plan: Plan): string {
  return `${FIRST_COMMENT + ROUND} + (:k / ${ROUND}) * ${ROUND * plan.commentsPerTicket} + :k % ${ROUND}`;
}

/** Three in four tickets are closed. */
export function stateOf(k: number): State {
  const percent = hash(k, 1) % 100;
  if (percent < 75) return 'closed';
  if (percent < 83) return 'resolved';
  if (percent < 91) return 'await_client';
  return percent < 98 ? 'in_progress' : 'new';
}

/** The secret of the account's only token. `pgbenchTokenHash` is SQL for its hash. */
export const tokenOf = (account: number) => `pdk_${String(account).padStart(43, '0')}`;
export const pgbenchTokenHash = `sha256(convert_to('pdk_' || lpad(:account::text, 43, '0'), 'UTF8'))`;
export const STAFF_TOKEN = `pdk_${'staff'.padStart(43, '0')}`;

/**
 * A 32-bit number that depends on every bit of both arguments: a reproducible random choice. A seeded generator would
 * have to be advanced to the k-th ticket.
 */
export function hash(k: number, salt: number): number {
  let h = Math.imul(k + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

const strideOf = ({ tickets, bigTickets }: Plan) => Math.max(2, Math.round(tickets / bigTickets));
