-- Names in the order of their letters and digits: a shop's first page does not begin with what stands in quotes, or with a name of an exclamation mark.

drop index product_list_name;
drop index product_by_name;
drop index product_by_category;
alter table product drop column list_name;

-- What stands before the first letter is passed over; a name of nothing else comes last.
alter table product add column list_name text collate nocase generated always as (
    ifnull(
        nullif(ltrim(name, ' !"#$%&''()*+,-./:;<=>?@[\]^_`{|}~¡¿«»‹›“”„‘’‚…–—•·°´¨'), ''),
        char(65533) || name
    )
) virtual;

-- All products by name, for the list and for the tiles.
create index product_list_name on product (status, list_name, id);
-- Tiles are pages of a category by name; archived ones are listed on request.
create index product_by_category on product (category, status, list_name, id);
