-- What goes out: letters to citizens and staff, and tasks for people.

-- A letter that is owed. One for each cause and recipient, for ever (I3): the pair is unique, so a
-- decision that is made again owes nothing new.
create table letter (
  id TEXT not null primary key,
  -- A running number, for people to name it by.
  number BIGINT not null unique,
  -- What made it necessary: message:ID, command:ID, promotion:NUMBER:ID, lapse:NUMBER, digest:DAY.
  cause TEXT not null,
  recipient_mac BYTEA not null,
  -- waiting, sending (until `claimed_until`), sent, refused, uncertain, superseded.
  state TEXT not null default 'waiting',
  -- Not to be sent before.
  due BIGINT not null,
  -- How often sending was begun, when it was begun last, and until when that claim holds: committed
  -- before the network is touched. A claim that ran out leaves the letter uncertain.
  attempts BIGINT not null default 0,
  claimed BIGINT,
  claimed_until BIGINT,
  created BIGINT not null,
  -- When it was sent, refused or given up.
  settled BIGINT,
  -- Our own Message-ID without angle brackets, the same in every attempt; nothing personal in it.
  message_id TEXT not null,
  -- The registration numbers that it speaks of, with blanks between them.
  numbers TEXT not null,
  -- sealed: the recipient's address and what the letter says, as JSON.
  facts BYTEA not null,
  -- sealed: the provider's last answer, or why it was not sent (it may quote the address).
  outcome BYTEA,
  unique (cause, recipient_mac)
);

create index letter_due on letter (due) where state = 'waiting';
create index letter_sending on letter (claimed_until) where state = 'sending';
create index letter_claimed on letter (claimed) where claimed is not null;
create index letter_message on letter (message_id);
-- The brake: how many letters an address, and everybody, had since a moment.
create index letter_recipient on letter (recipient_mac, created);
create index letter_created on letter (created);

-- The rendered mail, kept from the first attempt on, so that every copy is the same.
create table mail (
  letter TEXT not null primary key references letter (id),
  -- sealed, deflated before.
  content BYTEA not null
);

-- Something that a person must look at; in every digest until it is closed.
create table task (
  id TEXT not null primary key,
  -- A running number, for people to name it by.
  number BIGINT not null unique,
  -- review, change, cancellation, status, inquiry, unreadable, undelivered.
  kind TEXT not null,
  event TEXT,
  -- What it is about: a registration, a message of the ledger, a letter (their ids).
  registration TEXT,
  message TEXT,
  letter TEXT,
  opened BIGINT not null,
  closed BIGINT,
  -- Who closed it: baoming, when a decision settled it, or a clerk's login name.
  closed_by TEXT,
  -- sealed: why, in words for the staff, as JSON.
  reasons BYTEA not null
);

create index task_open on task (number) where closed is null;
create index task_registration on task (registration) where closed is null;
create index task_letter on task (letter) where closed is null;
