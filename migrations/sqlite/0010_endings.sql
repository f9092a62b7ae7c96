-- Messages over which the service ended, and time that never passed.

-- From now on `attempts` counts the readers that did not live through a message (ended, hung, took
-- too much memory): nothing else does. Its neighbours do not wait for it then.

-- How often the service itself ended while this message waited: counted at its starts up to three,
-- and beyond that only while the message was in hand alone.
alter table ledger add column interrupted INTEGER not null default 0;

-- When a machine last looked at the clock, and how long it had been up then (both in milliseconds):
-- a wall clock that gained more than the uptime was set forward.
create table clock (
  node TEXT not null primary key,
  wall INTEGER not null,
  uptime INTEGER not null
) strict;

-- Time that a wall clock left out when it was set forward: it has not passed for those who were
-- promised a place at `since`.
create table skipped (
  since INTEGER not null primary key,
  until INTEGER not null
) strict;
