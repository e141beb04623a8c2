-- What products and categories sold for has the part their lines have in their sale's tax, so that it comes to what days come to.

-- What is folded behind the facts is folded anew, in batches, by the worker that folds: all of it, as all of it is folded in
-- one pass, so that no fact counts twice.
delete from sales_by_day;
delete from sales_by_hour;
delete from tax_by_day;
delete from tender_by_day;
delete from product_by_day;
delete from product_by_month;
delete from act_by_day;
delete from shift_sum;
delete from shift_tax;
delete from shift_tender;
delete from sale_mark;
delete from audit;
delete from record_change;
delete from watermark;
