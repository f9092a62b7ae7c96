-- How many of one employer or village are registered, for events that limit it.

-- The employer or village, with the event; none where it is not known, or where the row was last
-- written by a version before this one.
alter table registration add column organization_mac BLOB;

create index registration_organization on registration (organization_mac)
  where organization_mac is not null;
