import { sql } from 'kysely';
import { initialWords } from '../server/src/desk/search/client-index.ts';
import { openDatabase } from '../server/src/platform/db/database.ts';
import { wordsOf } from '../server/src/platform/text/search-words.ts';
import { accountOf, FIRST_NUMBER, hash, type Plan } from './plan.ts';

/** Throws when the generated search rows differ from what the product would index for the same texts. */
export async function checkWords(url: string, plan: Plan): Promise<void> {
  const { db, close } = openDatabase(url);
  try {
    for (let i = 0; i < 50; i++) {
      const k = hash(i, 0) % plan.tickets;
      const account = accountOf(plan, k);
      const number = FIRST_NUMBER + k;
      const { rows } = await sql<{ texts: string[] }>`
        select array[summary, client_aliased_name] || array(
          select body from comments where account_id = ${account} and ticket_number = ${number}
        ) as texts
        from tickets
        where account_id = ${account} and number = ${number}
      `.execute(db);
      const words = initialWords(account, number, wordsOf(...(rows[0]?.texts ?? [])));
      const { rows: checked } = await sql<{ same: boolean }>`
        select strip(words) = strip(${words}) as same
        from ticket_search
        where account_id = ${account} and number = ${number}
      `.execute(db);
      if (!checked[0]?.same)
        throw new Error(`The words of ticket ${number} are not as the product makes them.`);
    }
  } finally {
    await close();
  }
}
