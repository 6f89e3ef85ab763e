-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- people/sso-keys/sso-keys.ts 522b57b1bf 74234e98af 761782a9ed
update sso_keys
set name = $1, issuer = $2,
    disabled_at = null
where kid = $3
returning kid, name, algorithm, public_jwk, issuer, disabled_at, created_at

--- people/sso-keys/sso-keys.ts 522b57b1bf 761782a9ed 8a5f60493b
update sso_keys
set name = $1, issuer = $2,
    disabled_at = coalesce(disabled_at, now())
where kid = $3
returning kid, name, algorithm, public_jwk, issuer, disabled_at, created_at

--- people/sso-keys/sso-keys.ts 83e7cbdaac
delete from sso_keys where kid = $1

--- people/sso-keys/sso-keys.ts 90642e0742 761782a9ed
select kid, name, algorithm, public_jwk, issuer, disabled_at, created_at
from sso_keys
where kid = $1
for update

--- people/sso-keys/sso-keys.ts 9f8c2d193a 761782a9ed
select kid, name, algorithm, public_jwk, issuer, disabled_at, created_at
from sso_keys
order by created_at, kid

--- people/sso-keys/sso-keys.ts c6a9a43383 761782a9ed
insert into sso_keys (kid, name, algorithm, public_jwk, secret, issuer)
values ($1, $2, $3, $4, $5, $6)
returning kid, name, algorithm, public_jwk, issuer, disabled_at, created_at
