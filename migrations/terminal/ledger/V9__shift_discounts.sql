-- What a shift's discounts came to: on its papers, as in the reports of days.

alter table shift_sum add column discounts integer not null default 0;
alter table shift_sum add column discounted integer not null default 0;

-- What is folded behind the facts is folded anew, in batches, by the worker that folds: the running shift begins again
-- from nothing with it, so that no fact counts twice there, and neither does any other rollup.
delete from shift_sum;
delete from shift_tax;
delete from shift_tender;
delete from sales_by_day;
delete from sales_by_hour;
delete from tax_by_day;
delete from tender_by_day;
delete from product_by_day;
delete from product_by_month;
delete from act_by_day;
delete from audit;
delete from record_change;
delete from watermark;
