/** Facts about a ticket that are not in its row but in its comments and in the tickets that it is linked to. */
import { sql } from '#platform/sql.ts';

const has = (rows: string) => `coalesce((select true from ${rows} limit 1), false)`; // `exists` could be planned as a hash of all rows

const standing = 'comments.account_id = tickets.account_id and comments.ticket_number = tickets.number';

/** The condition of the index `comments_linked`. */
const areLinked = `(
  comments.splitted_to_ticket_number is not null or comments.copied_from_id is not null
  or comments.merged_from_ticket_number is not null
)`;

/** Columns for a query over `tickets`. Only actions of staff depend on them. */
export const factsForStaff = sql.raw(`
  coalesce((
    select count(*) = 2
    from (
      select
      from comments
      where ${standing} and not is_internal and splitted_at is null
      limit 2
    ) as two
  ), false) as is_splittable,
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
