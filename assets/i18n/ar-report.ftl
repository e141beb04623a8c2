# التقارير: أسماؤها وأعمدتها والكلمات التي فيها، على الشاشة والورق وفي الملفات.

## Reports
report-days = الأيام
report-weekdays = أيام الأسبوع
report-hours = الساعات
report-operators = البائعون
report-categories = الأصناف
report-products = المنتجات
report-slow_products = بطيئة البيع
report-taxes = الأداءات
report-tenders = طرق الدفع
report-tips = الإكراميات
report-discounts = التخفيضات
report-returns = المرجوعات
report-cancelled = الإلغاءات
report-no_sales = فتح الدرج دون بيع
report-low_days = الأيام الضعيفة
report-statement = كشف الحساب

## Columns
column-day = اليوم
column-weekday = اليوم
column-hour = الساعة
column-operator = البائع
column-category = الصنف
column-product = المنتج
column-rate = النسبة
column-tender = الدفع
column-act = ماذا
column-reason = السبب
column-sales = المبيعات
column-items = القطع
column-average = معدل البيع
column-net = دون أداء
column-tax = الأداء
column-gross = بالأداء
column-total = المجموع
column-days_open = الأيام
column-least = الأدنى
column-most = الأعلى
column-day_average = معدل اليوم
column-usual = المعتاد
column-change = الفرق
column-before = قبل
column-quantity = الكمية
column-lines = الأسطر
column-on_hand = المخزون
column-products = المنتجات
column-taken_times = مرات القبض
column-taken = المقبوض
column-given_times = مرات الرد
column-given = المردود
column-times = المرات
column-amount = المبلغ
column-customer = الحريف
column-customer_number = رقم
column-account = الحساب
column-entry = العملية
column-number = الرقم
column-balance = الرصيد

## Words in rows
word-tender_cash = نقدا
word-tender_card = بطاقة
word-tender_voucher = قسيمة
word-tender_store_credit = رصيد لدى المتجر
word-tender_on_account = على الحساب
word-statement_opening = الرصيد الأولي
word-statement_closing = الرصيد النهائي
word-statement_purchase = شراء
word-statement_return = إرجاع
word-statement_payment = دفع
word-statement_write_off = دين مشطوب
word-act_return = إرجاع
word-act_override = سعر مكتوب
word-act_discount = تخفيض
word-act_void_line = سطر محذوف
word-act_cancel = بيع ملغى
word-act_reprint = وصل معاد
word-reason_give_change = لصرف النقود
word-reason_correct_change = لتصحيح الباقي
word-reason_count = للعد
word-reason_try = للتجربة
word-reason_goodwill = مجاملة
word-reason_faulty = معيب
word-reason_short_dated = صلاحية قصيرة
word-reason_price_match = مطابقة سعر
word-reason_staff = عامل
word-reason_other = سبب آخر
word-open_item = سلعة حرة
word-no_category = دون صنف
word-product_unknown = منتج مجهول
word-till_itself = الصندوق
word-person_erased = محذوف

## Days of the week
weekday-1 = الإثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد

## On paper and in files
file-compared = قبل: من { $from } إلى { $to }
file-more = { $count } أسطر أخرى في ملف الجدول.
file-more-entries = بقية العمليات في ملف الجداول.
file-nothing = لا شيء في هذه الأيام
