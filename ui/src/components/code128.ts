//! Code 128 (ISO/IEC 15417): the bars of a text of printable ASCII, so that what stands on the screen can be scanned.

/** Widths of bar, space, bar, space, bar, space of the symbols 0 to 105, in modules. */
const SYMBOLS = (
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 " +
  "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 " +
  "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 " +
  "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 " +
  "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 " +
  "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 " +
  "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
).split(" ");
const STOP = "2331112";
/** Modules of white that a scanner needs on both sides. */
const QUIET = 10;

/** One character a symbol, or two digits a symbol: the symbol that starts with the set, and the one that changes to it. */
const SETS = { one: { start: 104, change: 100 }, two: { start: 105, change: 99 } } as const;

/** Where the bars are, and how wide they and the code with its white are: all in modules. */
export interface Bars {
  bars: readonly { at: number; width: number }[];
  width: number;
}

/** The bars of a text; `null` when it is empty or has other characters than printable ASCII. */
export function code128(data: string): Bars | null {
  if (!/^[ -~]+$/.test(data)) return null;
  const symbols = symbolsOf(data);
  const check = symbols.reduce((sum, symbol, place) => sum + symbol * Math.max(place, 1), 0) % 103;
  const widths = [...symbols, check].map((symbol) => SYMBOLS[symbol]).join("") + STOP;
  const bars: { at: number; width: number }[] = [];
  let at = QUIET;
  [...widths].forEach((digit, place) => {
    if (place % 2 === 0) bars.push({ at, width: Number(digit) });
    at += Number(digit);
  });
  return { bars, width: at + QUIET };
}

/** Start and characters. Digits go in pairs where that is shorter: four at an end, six in between. */
function symbolsOf(data: string): number[] {
  const symbols: number[] = [];
  let set: keyof typeof SETS | null = null;
  for (let place = 0; place < data.length;) {
    const digits = /^\d*/.exec(data.slice(place))![0].length;
    const atEnd = place === 0 || place + digits === data.length;
    const inPairs: boolean =
      set === "two" ? digits >= 2 : digits >= (atEnd ? 4 : 6) && (set === null || digits % 2 === 0);
    const wanted: keyof typeof SETS = inPairs ? "two" : "one";
    if (set !== wanted) symbols.push(SETS[wanted][set === null ? "start" : "change"]);
    set = wanted;
    symbols.push(inPairs ? Number(data.slice(place, place + 2)) : data.charCodeAt(place) - 32);
    place += inPairs ? 2 : 1;
  }
  return symbols;
}
