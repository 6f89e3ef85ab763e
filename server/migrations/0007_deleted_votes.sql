-- Votes on comments that the client has deleted. They stay in the history, and reports leave them out.

alter table votes add column deleted_at timestamptz(3);
