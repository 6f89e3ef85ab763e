-- What stands in a ticket, notes included: it takes no more than so many comments and bytes, and writing one does not count.
alter table tickets
  add column comment_count int not null default 0 check (comment_count >= 0),
  add column comment_bytes bigint not null default 0 check (comment_bytes >= 0);

update tickets
set comment_count = counted.comments, comment_bytes = counted.bytes
from (
  select account_id, ticket_number, count(*) as comments, sum(octet_length(body)) as bytes
  from comments
  group by account_id, ticket_number
) as counted
where tickets.account_id = counted.account_id and tickets.number = counted.ticket_number;
