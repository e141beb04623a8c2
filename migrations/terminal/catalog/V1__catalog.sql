-- The catalogue: a projection of the ledger's record changes, for selling and searching. Why its own file: it can be
-- rebuilt, so it is not fsynced with every change, and a large import never holds the ledger's writer.

create table table_class (
    name text primary key,
    class text not null check (class in ('deferred', 'schema'))
) strict, without rowid;

insert into table_class (name, class) values
    ('table_class', 'schema'),
    ('refinery_schema_history', 'schema'),
    ('applied', 'deferred'),
    ('product', 'deferred'),
    ('code', 'deferred'),
    ('price', 'deferred'),
    ('category', 'deferred'),
    ('search', 'deferred'),
    ('search_data', 'deferred'),
    ('search_idx', 'deferred'),
    ('search_docsize', 'deferred'),
    ('search_config', 'deferred');

-- How far the ledger has been applied (the arrival of the last fact).
create table applied (
    id integer primary key check (id = 1),
    arrival integer not null
) strict;

insert into applied (id, arrival) values (1, 0);

create table product (
    id integer primary key,
    product blob not null unique,
    version integer not null,
    name text not null,
    sku text unique,
    unit text not null,
    tax_category blob not null,
    category blob,
    picture text,
    status text not null
) strict;

-- Tiles are pages of a category by name.
create index product_by_category on product (category, name, id) where status = 'active';
-- All products by name, for the list.
create index product_by_name on product (name, id) where status = 'active';

-- A code may lead to several products: the cashier picks.
create table code (
    key text not null,
    product integer not null,
    code text not null,
    primary key (key, product)
) strict, without rowid;

-- A product's codes, to replace them.
create index code_by_product on code (product);

create table price (
    product integer not null,
    from_day integer not null,
    micros integer not null,
    primary key (product, from_day)
) strict, without rowid;

create table category (
    category blob primary key,
    version integer not null,
    name text not null,
    position integer not null,
    status text not null
) strict, without rowid;

-- Names and SKUs by the beginnings of their words.
create virtual table search using fts5 (
    text,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '1 2 3 4 5 6 7 8',
    tokenize = "unicode61 remove_diacritics 2"
);
