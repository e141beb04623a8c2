-- What reports show, summed behind the facts: by hour and operator, by tender, by product, and what was not a plain sale.

-- Pieces sold less those that came back; a line by weight or measure is one.
alter table sales_by_day add column items integer not null default 0;

-- `hour` is that of the clock on the shop's wall when the sale was completed; `operator` completed it.
create table sales_by_hour (
    day integer not null,
    hour integer not null,
    operator blob not null,
    currency text not null,
    sales integer not null,
    lines integer not null,
    items integer not null,
    net integer not null,
    tax integer not null,
    total integer not null,
    primary key (day, hour, operator, currency)
) strict, without rowid;

-- `taken` is what stayed of what was handed over, `given` what customers got back for a return.
create table tender_by_day (
    day integer not null,
    currency text not null,
    kind text not null,
    taken_times integer not null,
    taken integer not null,
    given_times integer not null,
    given integer not null,
    primary key (day, currency, kind)
) strict, without rowid;

-- A product's sums of a day, less what came back; sixteen zero bytes stand for what was in no catalogue. Days first: a
-- report reads one stretch of days, and a year of them from the months below.
create table product_by_day (
    day integer not null,
    product blob not null,
    currency text not null,
    lines integer not null,
    thousandths integer not null,
    net integer not null,
    tax integer not null,
    primary key (day, product, currency)
) strict, without rowid;

-- The same of whole months, counted from January of the year 0.
create table product_by_month (
    month integer not null,
    product blob not null,
    currency text not null,
    lines integer not null,
    thousandths integer not null,
    net integer not null,
    tax integer not null,
    primary key (month, product, currency)
) strict, without rowid;

-- What was not a plain sale, by who did it: returns, typed prices, sales given up, drawers opened. `detail` says more
-- where there is more; `currency` is empty where no money is meant.
create table act_by_day (
    day integer not null,
    operator blob not null,
    act text not null,
    detail text not null,
    currency text not null,
    times integer not null,
    amount integer not null,
    primary key (day, operator, act, detail, currency)
) strict, without rowid;

-- What a report that waits for the printer was asked for: it is made when it is printed.
create table printed_report (
    about blob primary key,
    asked text not null
) strict, without rowid;

insert into table_class (name, class) values
    ('printed_report', 'working'),
    ('sales_by_hour', 'deferred'),
    ('tender_by_day', 'deferred'),
    ('product_by_day', 'deferred'),
    ('product_by_month', 'deferred'),
    ('act_by_day', 'deferred');

-- What is folded behind the facts is folded anew, in batches, by the worker that folds.
delete from sales_by_day;
delete from tax_by_day;
delete from audit;
delete from record_change;
delete from watermark;
