-- What the fate of an uncertain letter is found out by, and which letters a newer one replaces.

-- Where the provider's folder of sent mail stood before the last attempt, as UIDVALIDITY:UID; none
-- where there is no such folder or it could not be looked into.
alter table letter add column sent_mark TEXT;

-- 1: it was sent once more already, by rule or by a clerk; the rule does not do it again.
alter table letter add column repeated BIGINT not null default 0;

-- 1: it says nothing but how registrations stand. While it waits, a newer letter that says how all
-- of them stand now takes its place.
alter table letter add column standing BIGINT not null default 0;

create index letter_uncertain on letter (settled) where state = 'uncertain';
