-- What the service itself must remember over a restart.

-- Something rests until a moment: a refused login, a spent daily cap.
create table pause (
  what TEXT not null primary key,
  until BIGINT not null,
  why TEXT not null
);

-- Who does what only one may do at a time where several daemons share a database (receive one
-- mailbox).
create table lease (
  what TEXT not null primary key,
  holder TEXT not null,
  until BIGINT not null
);

-- The last full listing of each folder: how many messages the server listed, and how many of them
-- the ledger has. They must be equal (I1).
create table pass (
  mailbox TEXT not null,
  folder TEXT not null,
  uidvalidity BIGINT not null,
  at BIGINT not null,
  listed BIGINT not null,
  held BIGINT not null,
  primary key (mailbox, folder)
);

-- One digest a day, whatever was restarted in between.
create table digest (
  -- 2021-09-13
  day TEXT collate "C" not null primary key,
  at BIGINT not null
);
