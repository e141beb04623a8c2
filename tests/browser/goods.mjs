// What the demo shop sells, as far as tests sell it: the code on the packet, and the price in the comment.

/** 1.30 each. */
export const BAGUETTE = '2900000001046';
/** 4.20 each. */
export const LOAF = '2900000001015';
/** 2.60 each. */
export const ROLL = '2900000002036';
/** 148.00 each, with a name that is longer than any line. */
export const CAKE = '2900000002098';
/** 1.65 each. */
export const MILK = '2900000004016';
/** 12.90 each. */
export const OIL = '2900000005037';
/** A code that is on nothing. */
export const NOBODY_HAS_IT = '2911111111111';
/** 27.90 a kilogram. */
export const CHEESE = '2900000004078';
