-- Statements: what moved a customer's account within some days, and what the shop wrote off of it.

-- The business day a movement counts for, in days since 1970-01-01; taken from its fact.
alter table account_movement add column day integer not null default 0;

update account_movement
set day = (select cast(julianday(cast(fact.payload as text) ->> '$.business_day') - 2440587.5 as integer)
           from fact
           where fact.arrival = account_movement.arrival);

-- A statement reads the days it is of, and sums up what came after them without another look at the rows.
create index account_movement_by_day on account_movement (customer, kind, currency, day, arrival, minor);

-- What customers were let off, on a shift's papers; minor units. It is no cash and no turnover.
alter table shift_sum add column account_written_off integer not null default 0;
