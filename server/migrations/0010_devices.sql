-- Browsers that somebody has signed in with: their attempts are counted apart, so that whoever keeps guessing at an
-- address does not keep its owner waiting.
create table staff_devices (
  device_hash bytea primary key,
  staff_id bigint not null references staff,
  last_used_at timestamptz(3) not null default now()
);
create index staff_devices_staff on staff_devices (staff_id);
create index staff_devices_age on staff_devices (last_used_at);
