-- A text or a file that was removed on purpose: who did it and when stands where it was.
alter table comments
  add column redacted_at timestamptz(3),
  add column redacted_by text,
  add column redacted_files jsonb not null default '[]',
  add constraint comments_redacted_check check ((redacted_at is null) = (redacted_by is null)) not valid;

-- Redacting a comment redacts its copies.
create index comments_copied on comments (account_id, copied_from_id) where copied_from_id is not null;
