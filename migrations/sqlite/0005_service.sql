-- What the service itself must remember over a restart.

-- Something rests until a moment: a refused login, a spent daily cap.
create table pause (
  what TEXT not null primary key,
  until INTEGER not null,
  why TEXT not null
) strict;

-- Who does what only one may do at a time where several daemons share a database (receive one
-- mailbox).
create table lease (
  what TEXT not null primary key,
  holder TEXT not null,
  until INTEGER not null
) strict;

-- The last full listing of each folder: how many messages the server listed, and how many of them
-- the ledger has. They must be equal (I1).
create table pass (
  mailbox TEXT not null,
  folder TEXT not null,
  uidvalidity INTEGER not null,
  at INTEGER not null,
  listed INTEGER not null,
  held INTEGER not null,
  primary key (mailbox, folder)
) strict;

-- One digest a day, whatever was restarted in between.
create table digest (
  -- 2021-09-13
  day TEXT not null primary key,
  at INTEGER not null
) strict;
