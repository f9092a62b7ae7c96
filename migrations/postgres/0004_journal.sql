-- The journal (I6) and the audit (I7).
--
-- The journal is what a replay needs: which message or order was decided when, in which order, and
-- by which settings. The audit is what an auditor needs: who or what changed which registration,
-- when and why, in rows that cannot be changed without being noticed.

-- Settings as they were in force, by the SHA-256 of their text in hexadecimal digits.
create table settings (
  name TEXT not null primary key,
  at BIGINT not null,
  -- sealed: the settings as JSON (they name the staff's addresses).
  content BYTEA not null
);

-- What clerks ordered, written down before it was applied.
create table command (
  id TEXT not null primary key,
  -- The running number that is part of its place in the order.
  number BIGINT not null unique,
  at BIGINT not null,
  -- sealed: the order as JSON.
  content BYTEA not null
);

-- One row for each decision, in the order in which they were made.
create table decision (
  seq BIGINT not null primary key,
  at BIGINT not null,
  -- message:ID, command:ID, clock.
  source TEXT not null,
  event TEXT not null,
  settings TEXT not null,
  -- How many letters it owes; without one the reason why (I4):
  -- ignored, no-address, braked, loop.
  letters BIGINT not null,
  no_letter TEXT
);

-- One row for each change of a registration: ids and codes, never a name, a number or an address.
create table audit (
  -- From 1, without a gap.
  seq BIGINT not null primary key,
  at BIGINT not null,
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
  seat BIGINT not null,
  -- HMAC-SHA-256 of the person's fields under the registration's salt: it shows whether they
  -- changed. Once the salt is gone it says nothing about anybody.
  person_mac BYTEA not null,
  -- The hash of the row before, and SHA-256 over that and this row's columns, each with its length.
  prev BYTEA not null,
  hash BYTEA not null
);

create index audit_registration on audit (registration, seq);

-- The salt of each registration; an erasure deletes it, and the chain still verifies.
create table audit_salt (
  registration TEXT not null primary key,
  salt BYTEA not null
);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end
$$;

create trigger audit_is_never_changed before update or delete on audit
  for each row execute function audit_is_append_only();

create trigger audit_is_never_emptied before truncate on audit
  for each statement execute function audit_is_append_only();
