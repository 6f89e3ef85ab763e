/**
 * Invariants of tickets that were split and merged, besides those in chaos/rules.ts. Each statement selects the
 * violations of its rule. In a text like `Said w7`, the mark `w7` is a word that no other text has.
 */
export const shapeRules: Record<string, string> = {
  'a ticket is read when its comments are': `
    select number
    from tickets
    where is_client_read = exists (
      select from comments
      where comments.account_id = tickets.account_id and ticket_number = number and not comments.is_client_read
    )`,

  'a ticket counts its comments and their bytes': `
    select number
    from tickets
    where (comment_count, comment_bytes) <> (
      select count(*), coalesce(sum(octet_length(body)), 0)
      from comments
      where comments.account_id = tickets.account_id and ticket_number = number
    )`,

  'only replies of staff are unread by the client': `
    select id
    from comments
    where not is_client_read and (is_client_author or is_internal)`,

  'has_reply is set exactly when a ticket has a reply': `
    select number
    from tickets
    where merged_into_ticket_number is null
      and has_reply <> exists (
        select from comments
        where comments.account_id = tickets.account_id
          and ticket_number = number
          and not comments.is_client_author
          and not is_internal
      )`,

  'a merged ticket refers to its target': `
    with recursive way as (
      select account_id, number, merged_into_ticket_number as next, 1 as steps
      from tickets
      where merged_into_ticket_number is not null
      union all
      select way.account_id, way.number, tickets.merged_into_ticket_number, steps + 1
      from way
      join tickets on tickets.account_id = way.account_id and tickets.number = way.next
      where steps < 100
    )
    select number
    from way
    group by account_id, number
    having bool_and(next is not null) or max(steps) >= 100`,

  'a merged comment is in the target of its ticket': `
    with recursive way as (
      select account_id, number, merged_into_ticket_number as next
      from tickets
      where merged_into_ticket_number is not null
      union
      select way.account_id, way.number, tickets.merged_into_ticket_number
      from way
      join tickets on tickets.account_id = way.account_id and tickets.number = way.next
      where tickets.merged_into_ticket_number is not null
    )
    select id
    from comments
    where merged_from_ticket_number is not null
      and not exists ( -- the original of a copy may stay where the split left it
        select from comments as copies
        where copies.account_id = comments.account_id and copies.copied_from_id = comments.id
      )
      and not exists (
        select from way
        join tickets as whole on whole.account_id = way.account_id and whole.number = way.next
        where way.account_id = comments.account_id
          and way.number = merged_from_ticket_number
          and whole.number = ticket_number
          and whole.merged_into_ticket_number is null
      )`,

  'comments of the client in a source are in the target': `
    select id
    from comments
    join tickets on tickets.account_id = comments.account_id and number = ticket_number
    where merged_into_ticket_number is not null
      and splitted_at is null
      and not is_internal`,

  'a target has the priority of each source, unless it was set since': `
    select target.number
    from tickets as source
    join tickets as target
      on target.account_id = source.account_id
      and target.number = source.merged_into_ticket_number
    cross join lateral (
      select max(id) as id
      from events
      where events.account_id = target.account_id
        and ticket_number = target.number
        and type = 'ticket.merged'
        and data ->> 'from' = source.number::text
    ) as merge
    where array_position(array['low', 'normal', 'high', 'urgent'], target.priority)
        < array_position(
          array['low', 'normal', 'high', 'urgent'],
          source.before_merge -> 'brought' -> 'own' ->> 'priority'
        )
      and not exists (
        select from events
        where events.account_id = target.account_id
          and ticket_number = target.number
          and type = 'ticket.triaged'
          and data -> 'after' ? 'priority'
          and events.id > merge.id
      )`,

  'what a ticket has is its own, or was brought by a source that is still merged into it': `
    select number
    from tickets
    cross join lateral (
      select data -> 'after' ->> 'priority' as priority
      from events
      where events.account_id = tickets.account_id
        and ticket_number = number
        and type = 'ticket.triaged'
        and data -> 'after' ? 'priority'
      union all
      select case when splitted_from_ticket_number is null then 'normal' else priority end
      union all
      select source.before_merge -> 'brought' -> 'own' ->> 'priority'
      from tickets as source
      where source.account_id = tickets.account_id and source.merged_into_ticket_number = tickets.number
    ) as possible
    group by tickets.account_id, number
    having not bool_or(possible.priority = tickets.priority)
    union all
    select number
    from tickets
    cross join unnest(tags) as tag
    where splitted_from_ticket_number is null
      and not exists (
        select from events
        where events.account_id = tickets.account_id
          and ticket_number = number
          and type = 'ticket.triaged'
          and data -> 'after' -> 'tags' ? tag
      )
      and not exists (
        select from tickets as source
        where source.account_id = tickets.account_id
          and source.merged_into_ticket_number = tickets.number
          and source.before_merge -> 'brought' -> 'own' -> 'tags' ? tag
      )`,

  'a comment that was split off has a copy in the ticket it refers to': `
    select original.id
    from comments as original
    join tickets on tickets.account_id = original.account_id and number = original.ticket_number
    where original.splitted_at is not null
      and original.splitted_to_ticket_number is distinct from tickets.merged_into_ticket_number
      and not exists (
        select from comments as copy
        where copy.account_id = original.account_id
          and copy.copied_from_id = original.id
          and copy.body = original.body
          and copy.is_internal = original.is_internal
          and original.splitted_to_ticket_number
            = coalesce(copy.merged_from_ticket_number, copy.ticket_number)
      )`,

  'the original of a copy refers to it, unless the split was undone': `
    select copy.id
    from comments as copy
    join comments as original on original.account_id = copy.account_id and original.id = copy.copied_from_id
    join tickets as target
      on target.account_id = copy.account_id
      and target.number = coalesce(copy.merged_from_ticket_number, copy.ticket_number)
    where original.splitted_to_ticket_number is distinct from target.number
      and not (target.merged_at is not null and target.before_merge is null)`,

  'files and votes are in the ticket of their comment': `
    select comments.id
    from comments
    join (
      select account_id, comment_id, ticket_number from files where comment_id is not null
      union all
      select account_id, comment_id, ticket_number from votes where comment_id is not null
    ) as thing on thing.account_id = comments.account_id and comment_id = comments.id
    where thing.ticket_number <> comments.ticket_number`,

  'a score of a comment has one event': `
    select account_id
    from (select account_id, count(*) from votes where comment_id is not null group by account_id) as votes
    full join (
      select account_id, count(*)
      from events
      where type = 'comment.voted' and data ->> 'score' is not null
      group by account_id
    ) as voted using (account_id)
    where votes.count is distinct from voted.count`,

  'a ticket is found by everything its client sees in it, and nothing else': `
    with said as (
      select distinct account_id, ticket_number as number, substring(body from 'w\\d+') as mark
      from comments
      join tickets using (account_id)
      where number = ticket_number
        and not is_internal
        and body ~ 'w\\d+'
        and (merged_into_ticket_number is null or merged_into_ticket_number is distinct from splitted_from_ticket_number)
    ), found as (
      select distinct account_id, number, substring(lexeme from ':(w\\d+)$') as mark
      from search_texts
      cross join lateral unnest(tsvector_to_array(words)) as lexeme
      where lexeme ~ ':w\\d+$'
    )
    select number
    from said
    full join found using (account_id, number, mark)
    where said.mark is null or found.mark is null`,
};
