select product, currency, lines, thousandths, net, tax
from product_by_month
where month between ?1 and ?2
