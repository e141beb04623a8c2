-- Tenders of completed sales that were keyed wrongly: where their corrections are found, and what they brought a shift.

-- The corrections of a sale, asked for by the sale. Touched only by corrections; what each says stands in its fact.
create table payment_correction (
    sale blob not null,
    arrival integer not null,
    primary key (sale, arrival)
) strict, without rowid;

insert into table_class (name, class) values ('payment_correction', 'immediate');

-- What corrections brought the drawer since its shift began, signed; minor units.
alter table shift_sum add column corrected integer not null default 0;
