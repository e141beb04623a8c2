# ما يكتبه الصندوق بنفسه: الوصولات، وأسماء الأدوار في متجر جديد.

paper-moment = { $day }/{ $month }/{ $year } { $hour }:{ $minute }
paper-receipt = وصل
paper-tax_number = المعرف الجبائي
paper-served_by = البائع
paper-returned = إرجاع
paper-total = المجموع
paper-refund = المبلغ المسترجع
paper-cash = نقدا
paper-change = الباقي
paper-tax = الأداء
paper-rate = النسبة
paper-net = دون أداء
paper-gross = بالأداء
paper-plus_tax = يضاف الأداء
paper-duplicate = نسخة
paper-instead_of = عوضا عن

role-admin = المالك
role-manager = المسؤول
role-cashier = أمين الصندوق
role-trainee = متدرب
