select product, currency, lines, thousandths, net, tax
from product_by_day
where day between ?1 and ?2
