-- Completed sales as people look for them: by day and hour, amount, operator, customer and product. Folded behind the
-- sale, so that no sale pays for being found later.

-- A row for each way a sale can be looked for: 0 all of them, 1 by amount, 2 by operator, 3 by customer, 4 by product, sold
-- or taken back. `value` is what is looked for: nothing, an amount without its sign, as a refund is looked for by what was
-- given back, or an id. `sale` is the row in `sale`, which goes up with time; `hour` that of the clock on the shop's wall, in
-- the rows of the first way. One table for all of them, as a page that is written now and then costs more than a row.
create table sale_mark (
    way integer not null,
    value any not null,
    day integer not null,
    sale integer not null,
    hour integer,
    primary key (way, value, day, sale)
) strict, without rowid;

insert into table_class (name, class) values ('sale_mark', 'deferred');

-- What is folded behind the facts is folded anew, in batches, by the worker that folds.
delete from sales_by_day;
delete from tax_by_day;
delete from sales_by_hour;
delete from tender_by_day;
delete from product_by_day;
delete from product_by_month;
delete from act_by_day;
delete from shift_sum;
delete from shift_tax;
delete from shift_tender;
delete from audit;
delete from record_change;
delete from watermark;
