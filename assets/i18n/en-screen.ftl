# The words of the screens.

## Everywhere
close = Close
save = Save
why-name = Type a name first.
why-tax = Pick a tax first.
why-wrong = Put right what is marked.
why-pack = A pack lacks its code or how many are in it.
why-price = A price of a list or of another day is not complete.
why-deposit = Say how many deposits go with it.
why-place = The place is a whole number.
why-rate = Type the rate first.
why-nothing = Nothing is to be changed yet.
saved = Saved.
search = Search
undo = Undo
more = Show more
name = Name
status = Status
history = History
history-none = Nothing was changed yet.
total = Total
price = Price
price-for = { $price } / { $unit }
keypad = Keypad
key-back = Delete the last digit
key-clear = Clear
key-times = Times: how many
key-separator = Decimal separator
key-enter = Enter
on-screen-keyboard = On-screen keyboard
on-screen-keyboard-away = Put the keyboard away
keyboard-touch = By touch
keyboard-always = Always
keyboard-never = Never
key-shift = Capitals
key-back-letter = Delete the last letter
key-accents = Accents
key-language = Other letters
key-space = Space
reference = Reference { $reference }
unreachable = The till does not answer.
unreachable-next = It is asked again by itself. If this lasts, start Tillkeeper again.
waiting-for-till = Waiting for the till…
not-a-number = “{ $typed }” is not an amount.
not-a-number-next = Clear it with C and type it again.

## The line on top
menu = Menu
lock = Sign out
demo = Demo shop
on-this-till = On this till
connection-lost = Reconnecting…
sign-out = Sign out { $name }
theme = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark

## Screens
sell = Sell
receipts = Receipts
products = Products
reports = Reports
people = People
devices = Devices
settings = Shop
settings-shop = The shop
settings-codes = Numbers of the scale
code-rules-lead = Scales print numbers of their own, with a weight, a price or a count in them. A layout says what stands where: digits as they are, I for the number of the product, V for the value, K for the value’s own check digit, C for the last one. The first rule that fits reads the number; a product that has the whole number goes before them all.
code-rules-none = No number is read in this way yet
code-rules-none-next = Begin with the rules of a country, or add a rule of your own.
code-rules-begin = Begin with the rules of
code-rules-unsound = A layout says nothing yet.
code-rule-add = Add a rule
code-rule-remove = Take rule { $number } out
code-layout = Layout
code-layout-wrong = For example 23IIIIIIVVVVC
code-holds = V is
code-holds-weight = a weight
code-holds-price = a price
code-holds-count = a count
code-decimals = Decimals
code-sample = A number to try
code-sample-hint = Scan a label, or type it
code-read-by = Read by rule { $number }
code-read-by-none = No rule reads this number.
code-says-item = Product { $item }
code-says-price = costs { $price }
code-says-weight = weighs { $quantity }
code-says-count = holds { $quantity }
health = Health
keys = Keys

## First start
set-up-title = Welcome. Let’s set up your shop.
set-up-lead = A minute now, and you can sell. Everything but the currency can be changed later.
set-up-shop = The shop
set-up-owner = You, the owner
set-up-save = Open the shop
shop-name = Name of the shop
till-name = Name of this till
till-name-first = Till 1
address = Address
address-hint = As it stands on the receipt, line by line
tax-number = Tax number
tax-number-hint = Leave empty if you have none
language = Language
language-hint = Receipts in Arabic, screens in English, for العربية
currency = Currency
currency-hint = Fixed after the first sale
currency-fixed = Fixed, because sales were made in it
tax-mode = Prices on the shelf
tax-mode-included = include tax
tax-mode-added = tax is added
your-name = Your name
pin = PIN
pin-again = PIN again
pin-hint = 4 to 12 digits
pins-differ = The two PINs are not the same

## Signing on
who-are-you = Who is at the till?
pin-of = PIN of { $name }
pin-digits = { $count ->
    [0] No digit typed
    [one] 1 digit typed
   *[other] { $count } digits typed
  }
pin-wait = Too many wrong PINs. Next try in { $seconds } s.
pin-wait-next = Others can sign in meanwhile.
demo-pin = PIN { $pin }
demo-shop = Demo shop: nothing is really sold.
scan-before-sign-in = Not rung up, because nobody is signed in: { $code }.
scan-before-sign-in-next = Sign in and scan it again.

## Selling
cart = Items of this sale
cart-empty = Ready for the next customer
cart-empty-next = Scan something, tap a tile or type a name.
items = { $count ->
    [one] 1 item
   *[other] { $count } items
  }
tax-of = { $rate } tax { $amount }
tax-sum = Tax { $amount }
line-at = at { $price }
line-returned = Return
line-tools = Selected item
line-less = One less
line-more = One more
line-void = Take the item out
line-taken-out = { $name } was taken out.
armed-quantity = { $quantity } × next item
armed-return = Next item comes back
return = Return
entry = Typed
entry-empty = Type digits, then a key
open-item = Open item
open-item-name = Miscellaneous
open-item-price = Type its price on the keypad
open-item-add = Add to the sale
age-check = Age of the customer
age-question = Is the customer { $age } or older?
age-question-next = Look at their card. Scan on meanwhile; paying waits.
age-confirm = { $age } or older
create-more = More…
create-and-sell = Save and sell
explain = How the price came to be
step-linked = Goes with its item, for each of it
step-listed = { $list }, from { $day }
step-pack-own = Price of the pack
step-pack = Pack of { $quantity }
step-code-quantity = Quantity in the barcode
step-code-price = Price in the barcode
step-typed = Typed price
step-extended = { $quantity } × { $price } = { $exact }, rounded
step-tax-in = { $name } in it
step-tax-on = { $name } on top
step-override = { $name } typed a price at { $time }
step-override-agreed = { $name } typed a price at { $time }, { $other } agreed
step-line = The line
tax-category = Tax
price-of = New price for { $name }
price-now = Now { $price }
price-hint = Type the price and press Enter.
price-take = Take this price
find-products = Find products
search-placeholder = Type a name, a code or scan
found = Found products
nothing-found = Nothing found
nothing-found-next = Check the spelling, or type fewer letters.
categories = Categories
tiles = Products
all-products = All
no-price = No price
no-products = No products yet
no-products-next = Products you add are shown here as tiles.
quick-cash = Amounts handed over
cash = Cash
change = Change
give-back = Give back
paid = Paid · receipt { $number }
tendered = Handed over
completed-at = Time
drawer-opens = The drawer opens.
next-sale = The next scan begins the next sale.
receipt-preview = Receipt
receipt-reprint = Print again
receipt-reprinted = Receipt { $number } is printed again, marked as a duplicate.
receipt-save = Save as PDF
receipt-saved = Saved as { $name }.
receipt-title = Receipt { $number }
sale-cancel = Cancel sale
sale-cancel-really = Really cancel?
sale-cancelled = The sale was cancelled. Nothing was charged.
price-check = What does it cost?
price-check-hint = Scan it, or type its code and press Enter. Nothing is sold.
price-check-nothing = No product has the code { $code }.
price-check-none = no price
price-check-stock = { $quantity } in stock
refused-count = { $count } codes in a row
scan-refused = { $code } was not rung up.
scan-not-agreed = Nobody agreed to it.
scanned-into-sale = { $name } was added to the sale.

## Consent
approval = Another operator has to agree
approval-what = Needs somebody who may: { $permission }
approval-who = Who agrees
approval-give-up = Do not
approval-allow = Allow once

## Receipts
no-receipts = No sales yet
no-receipts-next = Receipts of completed sales are listed here.
print-question = Question about a print
print-uncertain = The printer did not confirm receipt { $number }. Did it come out?
print-more = { $count ->
    [one] One more after this.
   *[other] { $count } more after this.
  }
print-came-out = Yes, it came out
print-again = No, print again

## Products
product-new = New product
product-saved = { $name } is saved.
product-active = Sold
product-archived = No longer sold
no-products-new = Add the first one with +, scan its code, or bring a whole list from a file.
select = Select
select-none = Select none
selected-count = { $count ->
    [one] 1 selected
   *[other] { $count } selected
  }
filter-all = All
filter-only = Show
filter-low = Running low
low = Runs low
merge = Make one of both…
merge-title = Two that are one
merge-which = Which one stays
merge-moves = What goes to { $name }
merge-codes = Barcodes { $codes }
merge-packs = { $count ->
    [one] 1 pack
   *[other] { $count } packs
  }
merge-sku = Item number { $sku }
merge-stock = Stock { $quantity }
merge-leads = { $name } is no longer sold; its codes and tiles lead to the one that stays.
merge-stays = Name, price, picture, category and tax stay as they are there.
merge-final = This cannot be undone.
merge-do = Make them one
merged = Both are { $name } now.
merge-units = They are sold by different units.
merge-archived = The one that stays must be sold.
merge-variants = The other has variants; they would lose their parent.
many-preview = { $count ->
    [0] No price changes.
    [one] One product changes.
   *[other] { $count } products change.
  }
many-unpriced-preview = { $count ->
    [one] One has no price that could.
   *[other] { $count } have no price that could.
  }
code-none = { $code }: this is no barcode.
code-check-digit = { $code }: the last digit of such a number would be { $digit }. Look at it again.
code-claimed = { $code }: { $name } has it already; the cashier would have to pick.
stock-count = Count stock
count-what = What is counted
count-hint = Scan it, or type its name
count-reason = Why
count-reason-stocktake = Everything is counted
count-reason-opening = The books begin
count-reason-correction = The books were wrong
count-reason-damage = Broken or gone off
count-reason-loss = Missing
count-none = Nothing is counted yet
count-none-next = Scan what stands on the shelf and type how much of it there is. Nothing changes before you say so.
count-of = How much of { $name }
count-expected = expected { $quantity }
count-leave = Take { $name } out of the count
count-nothing = Scan or pick something first.
count-waiting = { $count ->
    [one] One of them waits for how much there is.
   *[other] { $count } of them wait for how much there is.
  }
count-several = Several products have the code { $code }. Pick the one you have by its name.
count-complete = Complete the count
count-done = { $count ->
    [one] One product is counted, { $different } differed.
   *[other] { $count } products are counted, { $different } differed.
  }
lacking-price = Without price
lacking-code = Without barcode
lacking-category = Without category
nothing-found-filter = Take a filter away, or type fewer letters.
filters-away = Take the filters away
nothing-archived = Nothing is archived
from-a-file = From a file…
products-likeliest = the likeliest first
looking = Looking…
on-hand = In stock
changed = Changed
products-count = { $count ->
    [one] 1 product
   *[other] { $number } products
  }
products-more-than = More than { $number } products
change-many = Change…
change-many-lead = What you leave as it is stays as it is.
change-many-most = { $most } at once at most
keep = Leave as it is
prices-by = Prices up or down by
prices-by-hint = 5 is five per cent more, -10 ten per cent less
prices-by-wrong = A part is -100 to 1000 %
prices-from = From
many-changed = { $count ->
    [one] 1 product was changed.
   *[other] { $count } products were changed.
  }
many-same = { $count ->
    [one] 1 was so already.
   *[other] { $count } were so already.
  }
many-unpriced = { $count ->
    [one] 1 has no price that could change.
   *[other] { $count } have no price that could change.
  }
picture = Picture
picture-pick = Choose a picture
picture-remove = Remove
price-wrong = This is not a price
day-wrong = There is no such day
day-pick = { $label }: pick a day
month-before = The month before
month-after = The month after
price-from = { $price } from { $day }
unit = Sold by
unit-each = Piece
unit-kilogram = Kilogram
unit-litre = Litre
unit-metre = Metre
category = Category
category-none = None
category-new = New category
category-pick = Pick a category
category-active = Shown
category-archived = Hidden
no-categories = No categories yet
no-categories-next = Categories are the pages of tiles on the sell screen.
position = Place
position-hint = The smallest comes first
codes = Barcodes
codes-hint = One per line, or scan them
sku = Item number
sku-hint = Your own; leave empty if you have none
brand = Brand
pick-none = Take { $name } out
packs = Packs
packs-count = { $count ->
    [one] 1 pack
   *[other] { $count } packs
  }
packs-lead = Several under one code: a six-pack sells six of this product.
pack-code = Barcode of the pack
pack-quantity = How many
pack-name = Name
pack-price = Price of a pack
pack-add = Add a pack
pack-remove = Remove the pack { $code }
prices-other = Other prices
prices-other-lead = Prices that begin on another day, or hold in a price list. An empty list is the ordinary price.
price-add = Add a price
price-remove = Remove the price from { $day }
price-list = Price list
price-list-none = Ordinary price
price-lists = Price lists
price-list-new = New price list
price-list-pick = Pick a price list
price-list-hint = Members, staff, happy hour
price-list-active = In use
price-list-archived = No longer in use
no-price-lists = No price lists yet
no-price-lists-next = With a list a product has another price for some customers or times.
deposit = Deposit
deposit-lead = Rung up with it as a line of its own, and given back with it.
deposit-product = What is rung up with it
deposit-quantity = How much of it
age-and-stock = Age and stock
age-min = Age of the customer
age-min-hint = The cashier confirms it once in a sale
age-wrong = An age is 1 to 120
age-from = from { $age }
low-stock = Low at
low-stock-hint = At this quantity it stands in the list of what runs low
low-stock-at = low at { $quantity }
quantity-wrong = This is not a quantity
variant = Variant
variant-of = A variant of
variant-of-hint = Sizes and colours are products of their own under one name
option-name = What differs
option-value = This one
option-example = Size
option-add = Add a difference
option-remove = Remove { $name }
taxes = Tax rates
tax-new = New tax rate
tax-pick = Pick a tax rate
no-taxes = No tax rates yet
no-taxes-next = Products need a tax rate before they can be sold.
rate = Rate
rates = Rates so far
rate-wrong = A rate is 0 to 100 %
rate-from = Holds from
rate-from-hint = Sales before that day keep their rate
from-day = From { $day }

## Pages of tiles
tiles-laid = Tiles
tile-page-new = New page
tile-page-first = Favourites
tile-page-number = Page { $number }
tile-pages = Pages
tile-page-name = Name of the page
tile-page-earlier = Page one place earlier
tile-page-later = Page one place later
tile-page-remove = Remove page
no-tile-pages = The sell screen shows your categories
no-tile-pages-next = Lay out pages of your own: favourites in your order, with colours.
no-tiles = Nothing on this page yet
tile-add-product = Add a product
tile-add-category = Add a category
tile-pick = Drag a tile to its place, or move it with Alt and the arrow keys. Pick one to give it a colour.
tile-color = Colour
tile-color-none = Plain
tile-color-red = Red
tile-color-orange = Orange
tile-color-yellow = Yellow
tile-color-green = Green
tile-color-blue = Blue
tile-color-violet = Violet
tile-color-grey = Grey
tile-earlier = Earlier
tile-later = Later
tile-remove = Take off this page
tile-gone = Not sold any more
tile-at = { $name }, place { $place } of { $count }
tiles-undo = Undo

## Tables for a spreadsheet
table-save = Table for a spreadsheet
table-products = All products of this list, as they are now.
table-products-found = The products that this list shows, as they are now.
table-customers = All customers of this list, as they are now.
table-customers-found = The customers that were found, as they are now.
table-xlsx = Workbook (XLSX)
table-csv = Text (CSV)
table-hint = Change it in a spreadsheet and import it again: each row finds its record by the last column.
table-rows = { $number } rows so far
table-saved = { $count ->
    [one] One row saved as { $name }.
   *[other] { $number } rows saved as { $name }.
}

## Import
import = Import
import-steps = Steps
import-step-file = File
import-step-columns = Columns
import-step-check = Check
import-step-done = Import
import-choose = Many at once, from a file
import-choose-lead = A table as CSV or XLSX, with one product or customer in each row. Nothing changes before you have seen what would.
import-kind = What is in it
import-customers = Customers
import-file = Choose a file
import-arriving = { $part } % of the file has arrived
import-made = Imports so far
import-undo-of = Undo of { $file }
import-undo-really = Really undo?
import-undone = Undone
import-counts = { $created } new, { $updated } changed, { $skipped } left out
import-columns-lead = Look at what each column is; the guess is from its name and its first cells.
import-columns-unnamed = At least one column has to say which: a name, a number or a barcode.
import-column-twice = Two columns are both { $field }.
import-column = Column { $number }
import-column-none = Not read
import-field-name = Name
import-field-sku = Item number
import-field-code = Barcode
import-field-price = Price
import-field-brand = Brand
import-field-category = Category
import-field-tax = Tax
import-field-unit = Sold by
import-field-age_min = Age
import-field-low_stock = Low at
import-field-id = Till’s own id
import-field-status = In use
import-field-number = Number
import-field-email = Mail
import-field-phone = Telephone
import-field-address = Address
import-field-note = Note
import-header = First row
import-header-yes = Names of the columns
import-header-no = Already data
import-decimal = Numbers
import-tax = Tax where the file says none
import-tax-hint = New products need one
import-prices-from = Prices hold from
import-create = Categories that are new
import-create-yes = Add them
import-create-no = An error
import-check = Check every row
import-checking = Every row is checked…
import-checking-lead = Nothing is changed by that.
import-importing = Importing…
import-importing-lead = The till sells on meanwhile.
import-undoing = Undoing…
import-progress = How far it is
import-rows = { $rows } rows, { $part } %
import-cancel = Cancel
import-created = New
import-updated = Changed
import-unchanged = Same as before
import-skipped = Left out
import-no-problems = Nothing is wrong with any row.
import-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
  }
import-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
  }
import-error = Error
import-warning = Warning
import-problems-file = All of them as a file
import-problems-saved = Saved as { $name }.
import-problems-more = { $count ->
    [one] One more stands in the file.
   *[other] { $number } more stand in the file.
  }
import-row = Row
import-column-name = Column
import-problem = What is wrong
import-cell = It says
import-other-row = row { $row }
import-problem-name_missing = The name is missing
import-problem-text_too_long = The text is too long
import-problem-code_invalid = This is no barcode
import-problem-price_invalid = This is no price
import-problem-tax_unknown = There is no such tax
import-problem-category_unknown = There is no such category
import-problem-unit_unknown = Nothing is sold by this
import-problem-number_invalid = This number does not fit
import-problem-id_invalid = This is no id of the till
import-problem-status_unknown = This is neither active nor archived
import-problem-number_taken = Another one of the shop has this number
import-problem-double_in_file = The same stands in an earlier row
import-problem-code_shared = The same barcode in another form stands in an earlier row
import-problem-code_shared_with_shop = A product of the shop has the same barcode in another form
import-problem-price_missing = There is no price
import-commit = Import { $number }
import-commit-warned = Import { $number } with warnings
import-errors-first = Correct the file, or leave the rows with errors out.
import-leave-out = Leave out every row with an error
import-none = No row of it can be imported.
import-done = { $file } is imported.
import-undo-done = { $file } is undone.
import-cancelled = Given up. Nothing was changed.
import-another = Another file

## Customers
customers = Customers
customers-find = Find customers
customer-new = New customer
customer-active = In use
customer-archived = Archived
customer-number-hint = Of their card; scan it
customer-erase = Erase who they are
customer-erase-what = Name, address, mail, telephone and note are emptied everywhere in this till’s history. What they bought stays, without a name.
customer-erased = They are erased.
no-customers = No customers yet
no-customers-next = Add the first one with +, or import a list.

## People
operators = Operators
operator-new = New operator
operator-pick = Pick an operator
operator-active = Works here
operator-archived = Left
operator-no-pin = No PIN
operator-erased = (erased)
operator-erased-lead = What this person did stays.
operator-erase = Erase name and PIN
operator-erase-what = Name and PIN of { $name } are emptied everywhere in this till’s history, and in older backups at their next turn. What they did stays, without a name. This cannot be undone.
operator-erase-really = Erase for good
operator-erase-not = Keep
operator-erase-done = Name and PIN are erased.
role = Role
roles = Roles
role-new = New role
role-pick = Pick a role
role-grants = { $count ->
    [one] 1 right
   *[other] { $count } rights
  }
pin-new = New PIN
pin-keep-hint = Leave empty to keep the PIN
permissions-till = At the till
permissions-manage = Behind it
roles-no-customers = No role may see and change customers yet. Open the role that should, and tick it.
price-limit = Prices may go down by
price-limit-hint = Empty is without limit
permission-sell = Sell and take payment
permission-sell_open_item = Sell open items
permission-override_price = Change prices
permission-return_without_receipt = Take returns without receipt
permission-open_drawer = Open the drawer
permission-reprint_receipt = Print receipts again
permission-manage_products = Change products and taxes
permission-manage_customers = See and change customers
permission-manage_settings = Change the shop
permission-manage_people = Change people and roles
permission-manage_devices = Set up devices
permission-view_reports = See reports

## Devices
device-receipt_printer = Printer
device-backup_printer = Backup printer
device-drawer = Drawer
device-scanner = Scanner
device-absent = { $role ->
    [scanner] like a keyboard
   *[other] not set up
  }
device-ready = { $role ->
    [receipt_printer] ready
   *[other] ready
  }
device-busy = { $role ->
    [receipt_printer] busy
   *[other] busy
  }
device-degraded = works, but
device-not_ready = { $role ->
    [receipt_printer] not ready
   *[other] not ready
  }
device-says = { $name }: { $text }
device-fine = Nothing to do.
device-receipt_printer-absent-next = Sales are kept; receipts are not printed. Set up a printer under Devices.
device-backup_printer-absent-next = Set one up under Devices, if you have two.
device-drawer-absent-next = A drawer opens through the printer. Set up a printer under Devices.
device-scanner-absent-next = A scanner that types like a keyboard works without setting up.
device-state = How they are
printer-via = Connected by
printer-via-none = Not used
printer-via-serial = Serial port
printer-via-tcp = Network
printer-via-simulated = Simulated
printer-profile = Model
port = Port
baud = Speed
host = Address
tcp-port = Network port
scanner-kind = Kind
scanner-wedge = Like a keyboard
scanner-serial = Serial port
scanner-wedge-hint = Plug it in and scan: it works on every screen.
print-jobs = Prints that wait
no-print-jobs = None. Everything came out.
job-receipt = Receipt
job-kick = Drawer
job-calibration = Code page test
code-page-column = Letters with accents read right in
code-page-of-profile = the profile (not tested)
code-page-hint = If accents or the euro come out wrong, print the test and say which line and column read right.
code-page-line = In line
calibration-print = Print the letter test
calibration-printing = The letter test is being printed.
job-queued = waits
job-sending = is sent
job-printed = printed
job-uncertain = unknown
job-expired = too late
job-cancelled = given up
device-drawer-open = open
device-try = Try
device-scans = { $read ->
        [0] No code read yet.
        [one] One code read: { $taken } taken, { $refused } refused.
       *[other] { $read } codes read: { $taken } taken, { $refused } refused.
    }
device-log = What was said
device-log-empty = Nothing was sent yet.
device-log-sent = sent
device-log-heard = heard
device-log-more = { $count } bytes
device-troubles = What was wrong lately
device-find = Look for devices
device-find-none = Nothing was found. Name it by hand.
device-taken-up = Taken over. Save it, then try it.
printer-via-usb_port = USB
printer-via-usb = USB, direct
printer-via-queue = Print queue
printer-via-file = File
printer-asks = Ask it how it is
printer-asks-hint = Paper, cover and whether it printed. Switch it off for a printer that cannot answer.
printer-asks-yes = Ask
printer-asks-no = Do not ask
path = Path
queue = Queue
usb-number = Number of maker and model
simulated-fault = What it does wrong
fault-none = Nothing
fault-paper_out = No paper
fault-paper_low = Paper runs low
fault-cover_open = Cover open
fault-cutter_stuck = Knife stuck
fault-stall = Stops half way
fault-reset = Line breaks half way
fault-mute = Says nothing
fault-garbage = Answers nonsense
fault-stale_status = Answers late
fault-unplugged = Unplugged
backup-printer-hint = Prints what the printer cannot, before anything of it has left.
drawer-via = Opened by
drawer-via-printer = The printer
drawer-via-serial = A line of its own
drawer-pins = Pins of the printer’s socket
drawer-pins-profile = As usual for the model
drawer-pins-two = Pin 2
drawer-pins-five = Pin 5
drawer-pins-both = Both
drawer-sensor = Says that it is open
drawer-sensor-none = No
drawer-sensor-open_when_high = Yes
drawer-sensor-open_when_low = Yes, the other way round
drawer-bytes = What opens it
drawer-bytes-hint = Hexadecimal; 07 for most
scanner-hid = USB, as a scanner
scanner-simulated = Simulated
scanner-prefix = Puts in front
scanner-suffix = Puts behind
scanner-same = Same code again
scanner-same-hint = Within so many milliseconds it is the same read; 0: never
scanner-learn = Learn from two scans
scanner-learn-scan = Scan the code below ({ $place } of { $count }).
scanner-learn-failed = That did not fit: begin with the first code again. The scanner may be set to another keyboard.
scanner-learnt = Learnt. Save to keep it.
no-sale = Open the drawer
no-sale-why = Why is it opened?
no-sale-give_change = Change money
no-sale-correct_change = Put change right
no-sale-count = Count
no-sale-try = Try it
no-sale-other = Something else
no-sale-done = The drawer is being opened.
job-give-up = Give up
jobs-done = The last ones
job-test = Test page
job-unconfirmed = sent, not confirmed
job-failed = could not be made
job-confirmed-process_id = the printer says it came out
job-confirmed-in_order = the printer went through it
job-confirmed-real_time = nothing stopped the printer
job-bytes = { $sent } of { $total } bytes

## Shop
logo = Logo
receipt-header = On top of the receipt
receipt-header-hint = Under the address
receipt-footer = At its end
receipt-footer-hint = A greeting, opening hours
receipt-draft = How receipts will look
layout-lines = On every receipt
layout-address = The address
layout-tax_number = The tax number
layout-till_name = The name of the till
layout-operator = Who served
layout-unit_prices = The price of one piece under each item
layout-large_total = The total twice as large
layout-taxes = The taxes
layout-taxes-at_end = At the end
layout-taxes-before_total = Before the total
layout-taxes-nowhere = Nowhere
layout-logo_size = Size of the logo
layout-logo_size-small = Small
layout-logo_size-medium = Medium
layout-logo_size-large = Large
layout-code = The number to scan
layout-code-code128 = Bars
layout-code-qr = QR code
layout-code-none = None
sample-kind = What is shown
sample-sale = Receipt
sample-gift = Gift receipt
sample-duplicate = Duplicate
sample-invoice = Invoice
sample-look = How it is shown
sample-text = Text
sample-dots = As printed

## Reports
report = Report
report-run = Show
from = From
to = To
report-empty = Nothing in these days
report-empty-next = Pick other days.
report-days = Days
report-taxes = Taxes
column-day = Day
column-sales = Sales
column-net = Net
column-tax = Tax
column-gross = Gross
column-rate = Rate
column-lines = Lines

## Keys
keys-numbers = Digits, then a key
keys-lines = Items
keys-else = Everywhere
keys-code = Ring up a code
keys-times = Six of the next item
keys-set-quantity = Six of the selected one
keys-price = Price of the selected one
keys-tendered = Cash handed over
keys-exact = Cash, exactly
keys-quick = Amounts beside Cash
keys-reprint = Print the last receipt again
keys-preview = Show the last receipt
keys-select = Select an item
keys-step = One more, one less
keys-void = Take it out
keys-undo = Put it back
keys-explain = How its price came to be
keys-age = The customer is old enough
keys-return = Next item comes back
keys-open-item = Open item
keys-cancel = Cancel the sale (twice)
keys-clear = Clear what was typed
keys-search = Find products
keys-category = Other category

## How the till itself is; what is so and what to do stands in *-health.ftl
health-title = How the till is
health-reference = Reference
health-reference-hint = A number that was read out, like AB12-CD34
health-find = Find
health-unknown = Nothing is known of { $reference }. Is it read right?
health-in-ledger = In the ledger
health-in-log = In the log
health-bundle = File for support
health-bundle-lead = Log, versions and the state of this till in one file. No names, no PINs, no sales.
health-bundle-make = Make the file
health-bundle-saved = The file is saved as { $path }.
health-bundle-made = The file { $name } is saved with your downloads.
health-about = About this till
health-program = Program
health-system = System
health-series = Series of receipts
health-facts = Entries in the ledger
health-folder = Folder
health-reserve = Kept free for a full disk
health-faults = Last faults
health-no-faults = Nothing broke.

## Backups
backups = Backups
backup-make = Make a backup now
backup-making = A backup is made…
backup-failed = The attempt of { $at } failed.
backup-none = No backup yet
backup-none-next = The first one is made by itself, in the first quiet minutes of the day.
backup-daily = By itself
backup-asked = Asked for
backup-before_migration = Before an update
backup-facts = { $count } entries
backup-checked = Read back and found whole on { $at }
backup-unchecked = Nobody has checked this file: it does not count.
backup-of-damaged = A true copy, but the ledger itself was damaged then.
backup-there-too = also at the second place
backup-put-back = Put back
backup-put-back-title = Put a backup back
backup-elsewhere = From another place…
backup-restore-consequence = This backup takes the place of what the till has now. Nothing is deleted: what is here now is kept in a folder of its own. New receipts get a new series of numbers. The till starts again by itself.
backup-adopt-consequence = This till goes on in place of the one that made the backup, with its products, people and PINs. New receipts get a new series of numbers. Do not use the old till any more.
backup-since = What was sold after { $at } is not in it.
backup-another = Choose another
backup-restarting = The till starts again with this backup…
backup-kept-in = What was here before is kept in { $folder }.
backup-place = Backup or folder
backup-place-hint = Leave it empty to look on every stick and disk that is plugged in.
backup-look = Look
backup-choose = Choose
backup-none-found = No backup found
backup-none-found-next = Plug in the stick or disk and look again, or say where the backup is.
backup-second-place = Second place
backup-second-folder = Folder on another disk, a stick or the network
backup-second-hint = Each backup is copied there too. This disk may fail; then that copy is all there is.
backup-second-none = No second place: all backups are on the disk of this till.
backup-second-up_to_date = It has the newest backup.
backup-second-behind = The newest backup will be copied there.
backup-second-missing = It is not there. Plug it in: the copy is then made by itself.
backup-second-failed = Copying failed. It is tried again by itself.
backup-keep = How long they are kept
backup-keep-days = Days
backup-keep-weeks = Weeks
backup-keep-months = Months
backup-keep-years = Years, of archives
backup-in = They are in { $folder }.
backup-secret = A backup holds everything the till knows. Whoever has it can read all of it: keep it as you keep the key of the shop.
backup-from = Go on with a backup
archives = Archives of past months
archives-lead = Signed by the till, to be shown to whoever checks the books.

## Who did what; the words for each thing stand in *-audit.ftl
audit = Who did what
audit-save = Save as a table
audit-saved = { $count ->
    [one] 1 entry is saved in { $name }.
   *[other] { $count } entries are saved in { $name }.
  }
audit-who = Who
audit-everybody = Everybody
audit-till = The till itself
audit-what = What
audit-everything = Everything
audit-word = Word
audit-word-hint = Receipt, product…
audit-agreed = { $name } agreed
audit-on-screen = Screen { $screen }
audit-screen-sign-in = Signing in
audit-screen-set-up = First start
audit-by-program = Another program
audit-erased = (erased)
audit-new = new
audit-part = { $field }: { $value }
audit-amount = Amount
audit-nothing = nothing
audit-to = to
audit-looking = Looking…
audit-further = Looking further back…
audit-all = This is where it began.
audit-none = Nothing was done yet
audit-none-next = Everything anybody does at this till will be listed here.
audit-clear = Show everything
audit-more = { $count ->
    [one] 1 more change
   *[other] { $count } more changes
  }
