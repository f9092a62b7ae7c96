-- Whoever takes either of two categories stands in two lines, and an unused place may go to another
-- category.

-- Another category that it would take as well: in line, it stands in that one's line too.
alter table registration add column also TEXT;

-- The category whose place it takes, when that is not its own: the place counts there.
alter table registration add column place_of TEXT;

create index registration_guests on registration (event, also, rank) where also is not null;
create index registration_elsewhere on registration (event)
  where also is not null or place_of is not null;
