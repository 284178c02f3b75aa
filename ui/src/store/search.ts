import type { ExtensionView } from '../wire/ExtensionView';

/** Lower case, no accents: `Müller` is found by `muller`. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en').replaceAll('ß', 'ss');
}

/** The number in a text somebody typed, or nothing: spaces, dots, dashes, slashes and brackets are only for reading. */
export function typedNumber(text: string): string | null {
  const bare = text.replace(/[\s.\-/()]/g, '');
  return /^\+?[0-9*#]{1,40}$/.test(bare) ? bare : null;
}

/** Every word typed must begin a word of the name, or be in the number. */
export function matches(person: ExtensionView, query: string): boolean {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const words = folded(person.name ?? '').split(/[\s.\-']+/);
  return wanted.every((part) => person.number.includes(part) || words.some((word) => word.startsWith(part)));
}
