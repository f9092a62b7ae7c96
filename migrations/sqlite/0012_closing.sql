-- The staff may close registration before the event's own date, and open it again.

-- Each time that they did, in order, as JSON: from when, until when, and the order that closed it. Null:
-- they never did.
alter table event add column closures TEXT;
