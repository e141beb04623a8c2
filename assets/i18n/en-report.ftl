# Reports: their names, their columns and the words in them, on screens, paper and in files.

## Reports
report-days = Days
report-weekdays = Weekdays
report-hours = Hours
report-operators = Operators
report-categories = Categories
report-products = Products
report-slow_products = Slow sellers
report-taxes = Taxes
report-tenders = Payments
report-tips = Tips
report-discounts = Discounts
report-returns = Returns
report-cancelled = Cancelled
report-no_sales = No-sales
report-low_days = Low days
report-statement = Account statement

## Columns
column-day = Day
column-weekday = Weekday
column-hour = Hour
column-operator = Operator
column-category = Category
column-product = Product
column-rate = Rate
column-tender = Payment
column-act = What
column-reason = Reason
column-sales = Sales
column-items = Items
column-average = Per sale
column-net = Net
column-tax = Tax
column-gross = Gross
column-total = Total
column-days_open = Days
column-least = Lowest
column-most = Highest
column-day_average = Per day
column-usual = Usual
column-change = Change
column-before = Before
column-quantity = Quantity
column-lines = Lines
column-on_hand = In stock
column-products = Products
column-taken_times = Taken
column-taken = Received
column-given_times = Refunds
column-given = Refunded
column-times = Times
column-amount = Amount
column-customer = Customer
column-customer_number = No.
column-account = Account
column-entry = What
column-number = Number
column-balance = Balance

## Words in rows
word-tender_cash = Cash
word-tender_card = Card
word-tender_voucher = Voucher
word-tender_store_credit = Store credit
word-tender_on_account = On account
word-statement_opening = Opening balance
word-statement_closing = Closing balance
word-statement_purchase = Purchase
word-statement_return = Return
word-statement_payment = Payment
word-statement_write_off = Written off
word-act_return = Returned
word-act_override = Price typed
word-act_discount = Discount
word-act_void_line = Line taken out
word-act_cancel = Sale cancelled
word-act_reprint = Receipt reprinted
word-reason_give_change = To give change
word-reason_correct_change = To correct change
word-reason_count = To count
word-reason_try = To try it
word-reason_goodwill = Goodwill
word-reason_faulty = Faulty goods
word-reason_short_dated = Short-dated
word-reason_price_match = Cheaper elsewhere
word-reason_staff = Staff
word-reason_other = Other
word-open_item = Open item
word-no_category = No category
word-product_unknown = Unknown product
word-till_itself = The till
word-person_erased = Erased

## Days of the week
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

## On paper and in files
file-compared = Before: { $from } to { $to }
file-more = { $count } more rows are in the file for a spreadsheet.
file-more-entries = More entries are in the file for a spreadsheet.
file-nothing = Nothing in these days
