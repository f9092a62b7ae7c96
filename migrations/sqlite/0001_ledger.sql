-- The ledger: what came in, and what became of it.
--
-- The tables of this folder and of its twin for PostgreSQL have the same names and columns
-- (a test compares them). Only three types are used, those that sqlx's `Any` driver carries:
--   text; whole numbers (INTEGER here, BIGINT on PostgreSQL); bytes (BLOB here, BYTEA there).
-- Times are milliseconds since 1970 in UTC. Flags are 0 or 1. Ids are made by the program: 26
-- characters that sort by the time they were made.
--
-- Two kinds of column are not what they seem:
--   sealed   XChaCha20-Poly1305 under a key that is derived from the database's key; table, column
--            and row id are its associated data, so that a content cannot be moved to another row;
--   ..._mac  the first 16 bytes of an HMAC-SHA-256 under a second derived key: something personal
--            that must be found again, but never read.

-- Single values.
--   turn       holds nothing: whoever writes the roster locks this row first (PostgreSQL), so that
--              decisions stand in one line whatever number of daemons shares the database
--   key-check  a sealed value: a key that does not open it is not this database's key
create table meta (
  name TEXT not null primary key,
  value TEXT not null
) strict;

insert into meta (name, value) values ('turn', '');

-- One row for each message that a server ever listed (I1).
create table ledger (
  id TEXT not null primary key,
  -- Its name in the mailbox: the mailbox's name in the settings, the folder, IMAP's UIDVALIDITY
  -- and UID. A Maildir's UID uses all 64 bits: it is stored as the signed number of the same bits.
  mailbox TEXT not null,
  folder TEXT not null,
  uidvalidity INTEGER not null,
  uid INTEGER not null,
  -- The server's INTERNALDATE, frozen at first sight. It orders the message for ever.
  arrived INTEGER not null,
  -- Arrival and name as one text whose byte order is the order of decisions.
  rank TEXT not null,
  -- When it was taken in here.
  received INTEGER not null,
  -- Bytes on the server; `cut` is 1 when only the head of a message that is too large was kept.
  size INTEGER not null,
  cut INTEGER not null,
  -- SHA-256 of the kept bytes; empty where none were fetched.
  sha256 BLOB not null,
  -- received, done, duplicate, ignored, quarantined, alias, preexisting.
  state TEXT not null,
  -- The message that an alias or a duplicate repeats.
  original TEXT,
  -- How often reading it was begun.
  attempts INTEGER not null default 0,
  -- Whether the mailbox shall be changed after the decision: none, pending, done.
  after_state TEXT not null default 'none',
  -- From here on: known when it is decided.
  decided INTEGER,
  kind TEXT,
  -- By these three another copy with other bytes is known again.
  message_mac BLOB,
  sender_mac BLOB,
  content_mac BLOB,
  -- sealed: sender, subject, doubts, names of attachments, as JSON.
  facts BLOB,
  unique (mailbox, folder, uidvalidity, uid)
) strict;

-- The next messages to decide, in order; only the backlog is in it.
create index ledger_backlog on ledger (rank) where state = 'received';
create index ledger_sha256 on ledger (sha256);
create index ledger_message on ledger (message_mac) where message_mac is not null;
create index ledger_after on ledger (mailbox) where after_state = 'pending';

-- The bytes of a message, as they arrived. Apart from the ledger, so that counting messages does
-- not read them. An alias shares its original's bytes, a preexisting message has none.
create table raw (
  id TEXT not null primary key references ledger (id),
  -- sealed, deflated before.
  content BLOB not null
) strict;
