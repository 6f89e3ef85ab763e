-- What the console remembers of a member, on every device: language, theme, keys.
alter table staff add column preferences jsonb not null default '{}';
