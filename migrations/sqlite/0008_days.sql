-- The life of an event: what everybody registered for it was told, and when it was forgotten.

-- When the staff called it off.
alter table event add column called_off INTEGER;

-- Its beginning and its place, as everybody was told last.
alter table event add column told_at INTEGER;
alter table event add column told_place TEXT;

-- The beginning that the reminders spoke of.
alter table event add column reminded INTEGER;

-- When what is personal was erased last.
alter table event add column erased INTEGER;
