select day, hour, operator, currency, sales, items, net, tax, total
from sales_by_hour
where day between ?1 and ?2
  and (?3 is null or operator = ?3)
  and iif(?4 <= ?5, hour between ?4 and ?5, hour >= ?4 or hour <= ?5)
