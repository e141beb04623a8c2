select day, currency, sales, items, net, tax, total
from sales_by_day
where day between ?1 and ?2
order by day, currency
