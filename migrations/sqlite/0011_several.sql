-- What several events, and several bureaus, in one database need.

-- The bureau that a letter is written for, by its name in the settings; empty for that of [staff] and
-- [sending]. It leaves by this bureau's account, whatever the settings say later.
alter table letter add column bureau TEXT not null default '';

-- The bureau whose staff a digest is for. The day key of another bureau than the first is
-- 2021-09-13/NAME.
alter table digest add column bureau TEXT not null default '';

-- The message that said which event this one meant: both belong to that one's event.
alter table ledger add column answered_by TEXT;

-- Who had a place at an erased event with `once_per`: nothing but the keyed HMAC by which the person
-- was found there (as in `registration`), until the period is over.
create table trace (
  event TEXT not null,
  mac BLOB not null,
  -- The number of the registration, which says nothing about anybody any more.
  number TEXT not null,
  until INTEGER not null,
  primary key (event, mac)
) strict;
