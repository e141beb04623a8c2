-- The list of products: one index for each order it is asked in, so that a page begins where the one before ended,
-- however many products there are.

-- When the product was changed last, in Unix milliseconds; 0 when that is not known.
alter table product add column changed integer not null default 0;

-- Names and SKUs as a list orders them. Columns of their own: SQLite goes on from a place in an index (a pair of values)
-- only where the index is of plain columns.
alter table product add column list_name text collate nocase generated always as (name) virtual;
alter table product add column list_sku text collate nocase generated always as (ifnull(sku, '')) virtual;

create index product_list_name on product (status, list_name, id);
create index product_list_sku on product (status, list_sku, id);
create index product_list_changed on product (status, changed, id);
-- Of the ordinary prices that hold, the next dearer one.
create index price_by_micros on price (micros, product, from_day) where list = x'';

-- The time of the last change stands in the facts: they are applied anew.
update applied set arrival = 0;
