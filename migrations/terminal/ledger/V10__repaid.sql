-- What was given back of what completed sales were paid with, so that a refund goes the way its money came.

-- Touched only by refunds of goods that come back from their receipt; minor units of the sale's currency.
create table repaid (
    sale blob not null,
    kind text not null,
    minor integer not null,
    primary key (sale, kind)
) strict, without rowid;

insert into table_class (name, class) values ('repaid', 'immediate');
