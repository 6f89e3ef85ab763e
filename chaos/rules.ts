/** Each statement selects the violations of its rule. */

/** Invariants of every database, whatever happened to it. */
export const stateRules: Record<string, string> = {
  'an account counts its tickets': `
    select account_id
    from account_state
    left join tickets using (account_id)
    group by account_id
    having tickets_open <> count(*) filter (where not is_closed)
      or tickets_closed <> count(*) filter (where is_closed)`,

  'ticket numbers are unique': `
    select number
    from tickets
    group by number
    having count(*) > 1`,

  'comment ids are unique': `
    select id
    from comments
    group by id
    having count(*) > 1`,

  'a closed ticket has its time and its state, an open one has neither': `
    select number
    from tickets
    where is_closed <> (closed_at is not null)
      or is_closed <> (status_key = 'closed')
      or closed_at < created_at
      or updated_at < created_at`,

  'a closed ticket is not snoozed, and only a snoozed one has an end of its snooze': `
    select number
    from tickets
    where is_snoozed and is_closed or not is_snoozed and snoozed_until is not null`,

  'only a resolved or closed ticket with a reply has a vote': `
    select number
    from tickets
    where vote is not null and not (has_reply and (is_resolved or is_closed))`,

  'a comment has its ticket': `
    select id
    from comments
    left join tickets on tickets.account_id = comments.account_id and number = ticket_number
    where number is null`,

  'a ticket can be found': `
    select number
    from tickets
    left join search_texts using (account_id, number)
    group by account_id, number
    having count(*) filter (where search_texts.comment_id = 0) <> 1`,

  'a comment can be found': `
    select comments.id
    from comments
    join tickets on tickets.account_id = comments.account_id and tickets.number = ticket_number
    left join search_texts
      on search_texts.account_id = comments.account_id
      and search_texts.number = ticket_number
      and comment_id = comments.id
    where comment_id is null
      and (merged_into_ticket_number is null or merged_into_ticket_number is distinct from splitted_from_ticket_number)`,

  'a ticket was opened by one event': `
    select number
    from tickets
    left join events
      on events.account_id = tickets.account_id
      and ticket_number = number
      and events.type = 'ticket.opened'
    group by number
    having count(events.id) <> 1`,

  'a comment has one event': `
    select comments.id
    from comments
    left join events
      on events.account_id = comments.account_id
      and comment_id = comments.id
      and events.type in ('ticket.opened', 'ticket.commented', 'ticket.reopened', 'ticket.noted')
    where copied_from_id is null
    group by comments.id
    having count(events.id) <> 1`,

  'a score has one event': `
    select coalesce(voted.ticket_number, scored.ticket_number)
    from (
      select ticket_number, count(*)
      from events
      where type = 'ticket.voted'
      group by ticket_number
    ) as voted
    full join (
      select ticket_number, count(*)
      from votes
      where score is not null and comment_id is null
      group by ticket_number
    ) as scored using (ticket_number)
    where voted.count is distinct from scored.count`,

  'the ticket and the comment of an event exist': `
    select events.id
    from events
    left join tickets on tickets.account_id = events.account_id and number = events.ticket_number
    left join comments on comments.account_id = events.account_id and comments.id = comment_id
    where events.ticket_number is not null and number is null
      or comment_id is not null and comments.id is null`,

  'a ticket is closed when it was closed once more than reopened': `
    select number
    from tickets
    left join events on events.account_id = tickets.account_id and ticket_number = number
    group by tickets.account_id, number
    having merged_into_ticket_number is null and is_closed::int <>
      count(*) filter (where events.type = 'ticket.closed')
      - count(*) filter (where events.type = 'ticket.reopened')`,

  // A reply that also resolves is one change with two events.
  'the version of a ticket counts its changes': `
    select number
    from tickets
    left join events as change
      on change.account_id = tickets.account_id
      and ticket_number = number
      and change.type in (
        'ticket.changed', 'ticket.commented', 'ticket.resolved', 'ticket.closed', 'ticket.reopened', 'ticket.split',
        'ticket.unsplit', 'ticket.merged', 'ticket.unmerged', 'ticket.voted', 'comment.voted'
      )
      and not (change.type = 'ticket.resolved' and exists (
        select from events as response
        where response.account_id = change.account_id
          and response.ticket_number = change.ticket_number
          and response.xid = change.xid
          and response.type = 'ticket.commented'
      ))
    group by tickets.account_id, number
    having version <> count(change.id) + 1`,

  'a comment shows the files it has': `
    select comments.id
    from comments
    left join files on files.account_id = comments.account_id and comment_id = comments.id
    group by comments.account_id, comments.id
    having count(files.uuid) <> jsonb_array_length(comments.files)`,
};

/**
 * Rules after every scenario. `ledger` has the writes as the clients know them, `stored` their marks in the database
 * (audit.ts).
 */
export const rules: Record<string, string> = {
  'an acknowledged write is stored': `
    select mark
    from ledger
    left join stored using (mark, "table")
    where outcome = 'acknowledged' and stored.mark is null`,

  'no write is stored twice': `
    select mark
    from stored
    group by mark
    having count(*) > 1`,

  'a refused write is not stored': `
    select mark
    from ledger
    join stored using (mark)
    where outcome = 'refused'`,

  'nothing is stored that nobody wrote': `
    select mark
    from stored
    left join ledger using (mark, "table")
    where ledger.mark is null`,

  'an Idempotency-Key is stored exactly when its write is': `
    select mark
    from ledger
    left join stored using (mark)
    left join idempotency_keys on key = mark
    where is_keyed and (stored.mark is null) <> (key is null)`,

  'a ticket has its first comment, written with it': `
    select number
    from tickets
    left join comments
      on comments.account_id = tickets.account_id
      and ticket_number = number
      and body = 'First of ' || summary
      and sent_at = tickets.created_at
    where id is null`,

  'a file is what was sent': `
    select mark
    from files
    join ledger on mark = replace(name, '.txt', '')
    where encode(files.sha256, 'hex') <> ledger.sha256`,

  ...stateRules,
};
