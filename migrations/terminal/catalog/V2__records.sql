-- Brands, packs, price lists, variants, deposits, ages, low-stock marks and customers: the tables are made anew, and filled
-- from the facts at the next start.

drop table code;
drop table price;
drop table product;
delete from category;
insert into search (search) values ('delete-all');
update applied set arrival = 0;

create table product (
    id integer primary key,
    product blob not null unique,
    version integer not null,
    name text not null,
    sku text,
    brand text,
    unit text not null,
    tax_category blob not null,
    category blob,
    picture text,
    -- The product it is a variant of, and what tells it from the others, as JSON.
    variant_of blob,
    options text,
    -- What is rung up with it, and how many thousandths of it for each unit.
    deposit blob,
    deposit_thousandths integer,
    age_min integer,
    low_stock integer,
    merged_into blob,
    status text not null
) strict;

-- What a merchant types is found by it. Not unique here: the registrar decides who may have it, and a table that follows
-- the facts refuses none.
create index product_by_sku on product (sku) where sku is not null;
-- Tiles are pages of a category by name; archived ones are listed on request.
create index product_by_category on product (category, status, name, id);
-- All products by name, for the list.
create index product_by_name on product (status, name, id);
-- The variants of a product.
create index product_by_parent on product (variant_of, name, id) where variant_of is not null;
-- Products whose stock is watched, for the list of those that run low.
create index product_watched on product (name, id) where low_stock is not null and status = 'active';
-- What was merged into a product.
create index product_by_merged on product (merged_into) where merged_into is not null;

-- A code may lead to several products: the cashier picks. The code of a pack says how many thousandths of the product are
-- in it, what it is called and, if not the price of what is in it, what it costs.
create table code (
    key text not null,
    product integer not null,
    code text not null,
    pack_thousandths integer,
    pack_name text,
    pack_micros integer,
    primary key (key, product)
) strict, without rowid;

-- A product's codes, to replace them.
create index code_by_product on code (product);

-- A list of no bytes holds the prices where no other list has one.
create table price (
    product integer not null,
    list blob not null,
    from_day integer not null,
    micros integer not null,
    primary key (product, list, from_day)
) strict, without rowid;

-- Categories that are offered, and archived ones on request.
create index category_by_position on category (status, position, name);

create table customer (
    id integer primary key,
    customer blob not null unique,
    version integer not null,
    number text,
    name text not null,
    email text,
    phone text,
    address text,
    note text,
    price_list blob,
    status text not null
) strict;

-- A card or a number that is read out.
create index customer_by_number on customer (number) where number is not null;
-- Customers by name, for the list.
create index customer_by_name on customer (status, name, id);

-- The words a customer is found by: of the name, the number, the mail address and the telephone number. A plain table,
-- not a search index: what is erased here leaves no trace in the file.
create table customer_word (
    word text not null,
    customer integer not null,
    primary key (word, customer)
) strict, without rowid;

-- A customer's words, to replace them.
create index customer_word_by_customer on customer_word (customer);

insert into table_class (name, class) values
    ('customer', 'deferred'),
    ('customer_word', 'deferred');
