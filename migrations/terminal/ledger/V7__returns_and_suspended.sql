-- What came back of completed sales, so that never more does than was sold; and open sales that were put aside.

-- How much of each line of a completed sale came back; touched only by returns.
create table returned (
    sale blob not null,
    line integer not null,
    thousandths integer not null,
    primary key (sale, line)
) strict, without rowid;

insert into table_class (name, class) values ('returned', 'immediate');

-- Open sales that wait for their customer: their lines and trail stay where they are.
create table suspended_sale (
    sale blob primary key,
    header text not null
) strict, without rowid;

insert into table_class (name, class) values ('suspended_sale', 'working');
