/** What decides about a ticket beside its own row: of its comments, and of the tickets that it is linked with. */
import { sql } from 'kysely';

const has = (rows: string) => `coalesce((select true from ${rows} limit 1), false)`; // as an `exists`, it may be hashed

const standing = 'comments.account_id = tickets.account_id and comments.ticket_number = tickets.number';

/** The words of the index `comments_linked`. */
const areLinked = `(
  comments.splitted_to_ticket_number is not null or comments.copied_from_id is not null
  or comments.merged_from_ticket_number is not null
)`;

/** For support alone: its actions are the only ones that ask. Columns for a query over `tickets`. */
export const factsForStaff = sql.raw(`
  (
    select count(*) = 2
    from (
      select
      from comments
      where ${standing} and not is_internal and splitted_at is null
      limit 2
    ) as two
  ) as is_splittable,
  tickets.splitted_from_ticket_number is not null and ${has(
    `comments where ${standing} and comments.splitted_to_ticket_number is not null`,
  )} as is_split_further,
  tickets.splitted_from_ticket_number is not null and ${has(`
    comments
    join comments as original on original.account_id = comments.account_id and original.id = comments.copied_from_id
    where ${standing}
      and comments.merged_from_ticket_number is null
      and original.ticket_number <> tickets.splitted_from_ticket_number
  `)} as are_originals_moved,
  (
    tickets.splitted_from_ticket_number is not null or tickets.merged_into_ticket_number is not null
    or ${has(`
      tickets as source
      where source.account_id = tickets.account_id and source.merged_into_ticket_number = tickets.number
    `)}
    or ${has(`comments where ${standing} and ${areLinked}`)}
  ) as is_linked
`);
