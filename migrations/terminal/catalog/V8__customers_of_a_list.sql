-- Who has a price list of their own: a list that somebody uses is not archived, and that is asked without going through all customers.

create index customer_by_price_list on customer (price_list) where price_list is not null;
