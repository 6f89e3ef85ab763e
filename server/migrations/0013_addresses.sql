-- Addresses are kept in one form (src/platform/text/address.ts): composed, in lower case, with a domain in Unicode. Those of
-- members and those to notify were in lower case before. Row by row: a function of this session is none of a cluster's.

-- RFC 3492; a label that is not Punycode stays as it is.
create function pg_temp.label_of(label text) returns text language plpgsql as $$
declare
  rest text := substr(label, 5);
  hyphen int := position('-' in reverse(rest));
  letters text[] := '{}';
  point bigint := 128;
  place bigint := 0;
  bias bigint := 72;
  before bigint;
  weight bigint;
  step bigint;
  digit bigint;
  threshold bigint;
  delta bigint;
begin
  if label not like 'xn--_%' then
    return label;
  end if;
  if hyphen > 0 then
    letters := string_to_array(left(rest, -hyphen), null);
    rest := right(rest, hyphen - 1);
  end if;
  while rest <> '' loop
    before := place;
    weight := 1;
    step := 36;
    loop
      digit := position(left(rest, 1) in 'abcdefghijklmnopqrstuvwxyz0123456789') - 1;
      if rest = '' or digit < 0 then
        return label;
      end if;
      rest := substr(rest, 2);
      place := place + digit * weight;
      threshold := greatest(1, least(26, step - bias));
      exit when digit < threshold;
      weight := weight * (36 - threshold);
      step := step + 36;
    end loop;
    delta := (place - before) / case when before = 0 then 700 else 2 end;
    delta := delta + delta / (cardinality(letters) + 1);
    step := 0;
    while delta > 455 loop
      delta := delta / 35;
      step := step + 36;
    end loop;
    bias := step + 36 * delta / (delta + 38);
    point := point + place / (cardinality(letters) + 1);
    place := place % (cardinality(letters) + 1);
    letters := letters[:place] || chr(point::int) || letters[place + 1:];
    place := place + 1;
  end loop;
  rest := array_to_string(letters, '');
  return case when normalize(rest, nfkc) = rest then rest else label end; -- else it is no domain's (IDNA)
exception
  when others then -- of a number too large, or one that is no letter's
    return label;
end
$$;

create function pg_temp.address_of(email text) returns text language sql as $$
  select split_part(plain, '@', 1) || '@' || (
    select string_agg(pg_temp.label_of(label), '.' order by place)
    from unnest(string_to_array(split_part(plain, '@', 2), '.')) with ordinality as labels (label, place)
  )
  from lower(normalize(email, nfc)) as plain
$$;

do $$
declare
  one record;
begin
  for one in select staff_id, email, pg_temp.address_of(email) as address from staff order by staff_id loop
    -- Of two members with one address only one can have it; the other keeps what there is, and no longer signs in with it.
    update staff
    set email = one.address
    where staff_id = one.staff_id
      and one.address <> one.email
      and not exists (select from staff where email = one.address);
  end loop;

  for one in
    select account_id, pg_temp.address_of(email) as address
    from accounts
    where email ~ '([^ -~]|[A-Z]|xn--)'
  loop
    update accounts set email = one.address where account_id = one.account_id and email <> one.address;
  end loop;

  for one in
    select account_id, user_id, pg_temp.address_of(email) as address
    from contacts
    where email ~ '([^ -~]|[A-Z]|xn--)'
  loop
    update contacts
    set email = one.address
    where account_id = one.account_id and user_id = one.user_id and email <> one.address;
  end loop;

  for one in
    select account_id, number, array(
      select address
      from (
        select pg_temp.address_of(email) as address, min(place) as place
        from unnest(client_emails) with ordinality as given (email, place)
        group by 1
      ) as known
      order by place
    ) as addresses
    from tickets
    where array_to_string(client_emails, ' ') ~ '([^ -~]|xn--)'
  loop
    update tickets
    set client_emails = one.addresses
    where account_id = one.account_id and number = one.number and client_emails <> one.addresses;
  end loop;
end
$$;
