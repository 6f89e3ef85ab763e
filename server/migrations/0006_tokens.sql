-- Keys of services, what a key may do and from where, and the people behind an account, whom its panel hands over.

alter table tokens
  drop constraint tokens_kind_check,
  add constraint tokens_kind_check check (kind in ('client', 'staff', 'service')),
  add column scopes text[], -- null for all that its kind has
  add column allowed_addresses text[] not null default '{}'; -- empty for anywhere

-- What is there has passed a narrower check: it is not read again.
alter table events
  drop constraint events_actor_kind_check,
  add constraint events_actor_kind_check
    check (actor_kind in ('client', 'staff', 'service', 'system')) not valid,
  add column user_id text;
alter table comments add column user_id text;

create table contacts (
  account_id bigint not null,
  user_id text not null, -- the host's own name for the person
  name text not null,
  email text,
  locale text check (locale in ('en', 'ru')),
  last_seen_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  primary key (account_id, user_id)
);

-- A secret is kept as it is: whoever checks an HMAC has to know it.
create table sso_keys (
  kid text constraint sso_keys_pkey primary key,
  name text not null,
  algorithm text not null check (algorithm in ('EdDSA', 'ES256', 'HS256')),
  public_jwk jsonb,
  secret text,
  issuer text,
  disabled_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  check ((algorithm = 'HS256') = (secret is not null)),
  check ((algorithm = 'HS256') = (public_jwk is null))
);

-- The host's signed tokens that have been used: no row means that this one has not.
create table used_sso_tokens (
  kid text not null,
  jti text not null,
  expires_at timestamptz(3) not null,
  primary key (kid, jti)
);
create index used_sso_tokens_age on used_sso_tokens (expires_at);

create table sign_in_links (
  account_id bigint not null,
  code_hash bytea not null,
  token_id bigint not null, -- of the service that asked for it
  handed_over jsonb not null, -- the person and the locale
  expires_at timestamptz(3) not null,
  primary key (account_id, code_hash)
);
create index sign_in_links_token on sign_in_links (token_id);
create index sign_in_links_age on sign_in_links (expires_at);

create sequence client_session_ids;

-- A session lives as long as the key that it came by: one of token_id and kid says which.
create table client_sessions (
  account_id bigint not null,
  session_id bigint not null default nextval('client_session_ids'),
  user_id text not null,
  secret_hash bytea not null,
  token_id bigint,
  kid text,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  primary key (account_id, session_id),
  foreign key (account_id, user_id) references contacts,
  check ((token_id is null) <> (kid is null))
);
create index client_sessions_secret on client_sessions (account_id, secret_hash);
create index client_sessions_token on client_sessions (token_id) where token_id is not null;
create index client_sessions_key on client_sessions (kid) where kid is not null;
create index client_sessions_age on client_sessions (expires_at);
