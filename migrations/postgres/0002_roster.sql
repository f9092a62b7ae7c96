-- The roster: events with their quotas, and who registered.

-- An event (a bureau's day), by the name of its settings file.
create table event (
  id TEXT not null primary key,
  -- The running part of the last registration number: a number is never used twice, even when its
  -- registration is gone.
  last_serial BIGINT not null
);

-- The places of each category, as the settings said when they were last taken over. The second
-- line of I2: before a decision is committed, the confirmed registrations are counted against it.
create table quota (
  event TEXT not null references event (id),
  category TEXT not null,
  quota BIGINT not null,
  primary key (event, category)
);

-- One person's registration for one event, as it stands. Its history is in `audit`.
create table registration (
  id TEXT not null primary key,
  event TEXT not null references event (id),
  -- XJ21-007, and its running part.
  number TEXT not null unique,
  serial BIGINT not null,
  -- confirmed, waitlisted, incomplete, review, cancelled, refused.
  status TEXT not null,
  -- The category's id; none when it is in doubt.
  category TEXT,
  -- 1 when a place is held although the registration is not confirmed.
  seat BIGINT not null,
  -- What it takes, worked out from status, seat and category when the row is written:
  -- confirmed, reserved (a held place), line (stands in line, reserved places in line among them),
  -- out (nothing).
  stands TEXT not null,
  -- Its place in the order, see the ledger's rank; the place within the message at its end.
  rank TEXT collate "C" not null,
  -- email, phone, onsite.
  channel TEXT not null,
  -- Until when an incomplete registration keeps its reservation.
  hold_until BIGINT,
  -- Why it has this status: a code, nothing personal.
  reason TEXT not null,
  -- 1 came, 0 did not come, none: not known yet.
  attended BIGINT,
  -- The ledger id of the message it came by; none for a clerk's entry.
  message TEXT,
  created BIGINT not null,
  changed BIGINT not null,
  -- Identity number; name and telephone; address that registered: each with the event, so that
  -- nobody can be followed from one event to another.
  id_mac BYTEA,
  name_phone_mac BYTEA,
  email_mac BYTEA,
  -- sealed: the person's fields with their evidence, and the address, as JSON.
  person BYTEA not null
);

-- Tallies, heads of the lines and positions: everything is counted in this index alone.
create index registration_line on registration (event, stands, category, rank);
create index registration_id_number on registration (id_mac) where id_mac is not null;
create index registration_name_phone on registration (name_phone_mac)
  where name_phone_mac is not null;
create index registration_email on registration (email_mac) where email_mac is not null;
create index registration_hold on registration (event, hold_until) where hold_until is not null;
