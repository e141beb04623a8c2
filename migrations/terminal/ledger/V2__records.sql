-- The history of records, stock that was counted, and doubles that were merged.

-- The catalogue follows every kind of fact about records, `record.changed` and its relatives; sales between them are
-- skipped without being read.
drop index fact_record_changed;
create index fact_of_records on fact (arrival) where kind >= 'record.' and kind < 'record/';

-- Which facts changed a record, for its history.
create table record_change (
    entity text not null,
    id blob not null,
    arrival integer not null,
    primary key (entity, id, arrival)
) strict, without rowid;

insert into table_class (name, class) values ('record_change', 'deferred');

-- What is folded behind the facts is folded anew, with the history.
delete from sales_by_day;
delete from tax_by_day;
delete from audit;
delete from watermark;

-- What a product was merged into: what moves of the one is counted on the other.
alter table on_hand add column kept blob;
