-- The journal (I6) and the audit (I7).
--
-- The journal is what a replay needs: which message or order was decided when, in which order, and
-- by which settings. The audit is what an auditor needs: who or what changed which registration,
-- when and why, in rows that cannot be changed without being noticed.

-- Settings as they were in force, by the SHA-256 of their text in hexadecimal digits.
create table settings (
  name TEXT not null primary key,
  at INTEGER not null,
  -- sealed: the settings as JSON (they name the staff's addresses).
  content BLOB not null
) strict;

-- What clerks ordered, written down before it was applied.
create table command (
  id TEXT not null primary key,
  -- The running number that is part of its place in the order.
  number INTEGER not null unique,
  at INTEGER not null,
  -- sealed: the order as JSON.
  content BLOB not null
) strict;

-- One row for each decision, in the order in which they were made.
create table decision (
  seq INTEGER not null primary key,
  at INTEGER not null,
  -- message:ID, command:ID, clock.
  source TEXT not null,
  event TEXT not null,
  settings TEXT not null,
  -- How many letters it owes; without one the reason why (I4):
  -- ignored, no-address, braked, loop.
  letters INTEGER not null,
  no_letter TEXT
) strict;

-- One row for each change of a registration: ids and codes, never a name, a number or an address.
create table audit (
  -- From 1, without a gap.
  seq INTEGER not null primary key,
  at INTEGER not null,
  registration TEXT not null,
  -- registered, completed, promoted, cancelled, lapsed, approved, rejected, attended, changed.
  action TEXT not null,
  -- Why: a code.
  why TEXT not null,
  -- baoming, or a clerk's login name.
  who TEXT not null,
  -- message:ID, command:ID, clock.
  source TEXT not null,
  -- How the registration stood afterwards.
  status TEXT not null,
  category TEXT,
  seat INTEGER not null,
  -- HMAC-SHA-256 of the person's fields under the registration's salt: it shows whether they
  -- changed. Once the salt is gone it says nothing about anybody.
  person_mac BLOB not null,
  -- The hash of the row before, and SHA-256 over that and this row's columns, each with its length.
  prev BLOB not null,
  hash BLOB not null
) strict;

create index audit_registration on audit (registration, seq);

-- The salt of each registration; an erasure deletes it, and the chain still verifies.
create table audit_salt (
  registration TEXT not null primary key,
  salt BLOB not null
) strict;

create trigger audit_is_never_changed before update on audit
begin
  select raise(abort, 'the audit is append-only');
end;

create trigger audit_is_never_deleted before delete on audit
begin
  select raise(abort, 'the audit is append-only');
end;

-- `insert or replace` deletes without asking the trigger above.
create trigger audit_is_never_replaced before insert on audit
when exists (select 1 from audit where seq = new.seq)
begin
  select raise(abort, 'the audit is append-only');
end;
