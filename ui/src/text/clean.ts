/** Longest text from outside that is shown. */
export const LONGEST = 80;

// Control characters, and those that turn the direction of the text around them.
// eslint-disable-next-line no-control-regex
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Text from outside (caller names above all), safe to show beside our own. */
export function clean(text: string): string {
  const bare = text.replace(HARMFUL, ' ').replace(/\s+/g, ' ').trim();
  const letters = [...bare];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : bare;
}

/** As `clean`; nothing left is nothing. */
export function cleanOrNone(text: string | null | undefined): string | null {
  const cleaned = clean(text ?? '');
  return cleaned === '' ? null : cleaned;
}
