import { folded } from './search';

/** Letters that have no accent to lose, as one types them where they are not on the keyboard. */
const LATIN: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h' };
const CYRILLIC: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'i', і: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u',
  ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia',
};
const GREEK: Record<string, string> = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f',
  χ: 'ch', ψ: 'ps', ω: 'o',
};
const ALPHABETS: Record<string, string> = { ...LATIN, ...CYRILLIC, ...GREEK };
const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' };

/** How a text may be typed: `Müller` is `muller` and `mueller`, `Иванов` is `ivanov`. */
export function spellings(text: string): string[] {
  const plain = latin(folded(text));
  const spread = latin(folded([...text.normalize('NFC').toLocaleLowerCase('en')].map((letter) => UMLAUTS[letter] ?? letter).join('')));
  return plain === spread ? [plain] : [plain, spread];
}

function latin(text: string): string {
  return [...text].map((letter) => ALPHABETS[letter] ?? letter).join('');
}

/** How well a text that was typed names something, best first; only up to `begins` may it be meant without a second look. */
export const FIT = { number: 0, name: 1, begins: 2, near: 3 } as const;
export type Fit = (typeof FIT)[keyof typeof FIT];

export interface Named {
  /** Whatever it is called. */
  names: readonly string[];
  numbers: readonly string[];
}

/** How well it fits; nothing if it does not. */
export function fit(query: string, named: Named): Fit | null {
  const bare = query.replace(/[\s.\-/()]/g, '');
  if (bare !== '' && named.numbers.some((number) => number.toLowerCase() === bare.toLowerCase())) return FIT.number;
  const wanted = spellings(query).map((spelling) => wordsOf(spelling));
  const known = wordsOfNames(named);
  const every = (test: (part: string, words: readonly string[]) => boolean) =>
    wanted.some((parts) => parts.length > 0 && known.some((words) => parts.every((part) => test(part, words))));
  const inNumber = (part: string) => /^[+*#\d]{2,}$/.test(part) && named.numbers.some((number) => number.startsWith(part));
  if (every((part, words) => words.includes(part))) return FIT.name;
  if (every((part, words) => words.some((word) => word.startsWith(part)) || inNumber(part))) return FIT.begins;
  if (wanted.some((parts) => parts.length > 0 && parts.every(inNumber))) return FIT.begins;
  return every((part, words) => words.some((word) => near(part, word)) || inNumber(part)) ? FIT.near : null;
}

/** Thousands of names are compared with every letter typed: each is spelt out once. */
const spelt = new WeakMap<Named, string[][]>();

function wordsOfNames(named: Named): string[][] {
  const known = spelt.get(named) ?? named.names.flatMap((name) => spellings(name)).map((spelling) => wordsOf(spelling));
  spelt.set(named, known);
  return known;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s.,;:\-_/'’"“”()[\]<>&|]+/).filter(Boolean);
}

/** One slip of the finger away from how the word begins. A word of three letters is too short to be mistyped. */
function near(part: string, word: string): boolean {
  if (part.length < 4) return false;
  return [part.length - 1, part.length, part.length + 1].some((length) => oneSlip(part, word.slice(0, length)));
}

/** One letter more, less or other, or two that changed places. */
function oneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i += 1;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  const swapped = short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
  return swapped || short.slice(i + 1) === long.slice(i + 1);
}

/** The best of those that fit, in the order they came. */
export function best<T>(query: string, all: readonly T[], named: (each: T) => Named): { item: T; fit: Fit }[] {
  const fitting = all.flatMap((item) => {
    const how = fit(query, named(item));
    return how === null ? [] : [{ item, fit: how }];
  });
  return fitting.sort((a, b) => a.fit - b.fit);
}

/** The one that is meant: nothing where two are equally good, or where it is only near. */
export function meant<T>(found: readonly { item: T; fit: Fit }[]): T | null {
  const [first, second] = found;
  if (first === undefined || first.fit === FIT.near || first.fit === second?.fit) return null;
  return first.item;
}
