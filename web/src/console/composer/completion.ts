/** What is being looked for at the caret: a canned response after `/`, a colleague after `@`. */

export interface Completion {
  kind: 'canned' | 'member';
  /** Where the sign stands. */
  from: number;
  /** The caret. */
  to: number;
  query: string;
}

const MAX_LOOK_BACK = 40;
const SIGN = /(?<=^|[\s(])([/@])([\p{L}\p{N}\p{M}._'’-]*(?: [\p{L}\p{N}\p{M}._'’-]+)?)$/u;

/** Null when there is none. A name has a space in it, a shortcut has not. */
export function findCompletion(text: string, caret: number): Completion | null {
  const begin = Math.max(0, caret - MAX_LOOK_BACK);
  const match = SIGN.exec(text.slice(begin, caret));
  if (!match || (match.index === 0 && begin > 0)) return null; // the sign may be in the middle of a word
  const [, sign, query = ''] = match;
  if (sign === '/' && query.includes(' ')) return null;
  return { kind: sign === '/' ? 'canned' : 'member', from: begin + match.index, to: caret, query };
}

/** Those that match, the best first: what begins with the query, then what has it anywhere. */
export function matching<Item>(items: Item[], query: string, wordsOf: (item: Item) => string[], limit = 8) {
  const wanted = query.toLocaleLowerCase();
  const rank = (item: Item) => {
    const words = wordsOf(item).map((word) => word.toLocaleLowerCase());
    if (words.some((word) => word.startsWith(wanted))) return 0;
    if (words.some((word) => word.split(/\s+/).some((part) => part.startsWith(wanted)))) return 1;
    return words.some((word) => word.includes(wanted)) ? 2 : 3;
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((found) => found.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ item }) => item);
}

interface Named {
  staff_id: number;
  name: string;
}

/** The members whose full names stand in the text after an `@`. */
export function mentionedIn<Member extends Named>(text: string, members: Member[]): Member[] {
  if (!text.includes('@')) return [];
  const longestFirst = members.toSorted((one, other) => other.name.length - one.name.length);
  let rest = text.toLocaleLowerCase();
  return longestFirst.filter(({ name }) => {
    const mention = `@${name.toLocaleLowerCase()}`;
    const pieces = rest.split(mention);
    const isThere = pieces.slice(0, -1).some((piece, index) => {
      const after = pieces[index + 1] ?? '';
      return !/[\p{L}\p{N}]$/u.test(piece) && !/^[\p{L}\p{N}]/u.test(after);
    });
    if (isThere) rest = pieces.join(' '); // “@Anna Petrova” does not mention an “Anna”
    return isThere;
  });
}

/** The members who are called by their first names, too: in a reply to a client that is a slip. */
export function calledIn<Member extends Named>(text: string, members: Member[]): Member[] {
  const full = mentionedIn(text, members);
  if (!text.includes('@')) return full;
  const called = new Set(
    [...text.matchAll(/(?<=^|[\s(])@([\p{L}\p{M}'’-]+)/gu)].map(([, name = '']) => name.toLocaleLowerCase()),
  );
  const byFirstName = members.filter(({ name }) => called.has(name.split(' ')[0]?.toLocaleLowerCase() ?? ''));
  return full.length > 0 ? full : byFirstName;
}
