import { isDeepStrictEqual } from 'node:util';
import { forgetTicket, indexTicket } from '../server/src/desk/search/texts.ts';
import { type Db, openDatabase } from '../server/src/platform/db/database.ts';
import { sql } from '../server/src/platform/sql.ts';
import { accountOf, FIRST_NUMBER, hash, type Plan } from './plan.ts';

/** Throws when the generated search rows differ from what the product would index for the same texts. */
export async function checkWords(url: string, plan: Plan): Promise<void> {
  const { db, transact, close } = openDatabase(url);
  try {
    for (let i = 0; i < 50; i++) {
      const k = hash(i, 0) % plan.tickets;
      const [account, number] = [accountOf(plan, k), FIRST_NUMBER + k];
      const generated = await readWords(db, account, number);
      await transact(async (tx) => {
        await forgetTicket(tx, account, number);
        await indexTicket(tx, account, number);
      });
      if (!isDeepStrictEqual(await readWords(db, account, number), generated))
        throw new Error(`The words of ticket ${number} are not as the product makes them.`);
    }
  } finally {
    await close();
  }
}

async function readWords(db: Db, account: number, number: number) {
  const { rows } = await sql<{ comment_id: number; words: string }>`
    select comment_id, strip(words)::text as words
    from search_texts
    where account_id = ${account} and number = ${number}
    order by comment_id
  `.execute(db);
  return rows;
}
