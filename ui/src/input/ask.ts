/** What is typed with a verb, read as the desk wants it. Null: it cannot be meant. */

const MOST_KEYS = 32;
const A_DAY = 86_400;
const HIGHEST = 100_000;
const LONGEST = 80;

/** Keys of a phone; spaces and dashes between them are how people write numbers. */
export function readDigits(text: string): string | null {
  const keys = text.replace(/[\s()./-]/g, '').toUpperCase();
  return /^[0-9*#A-D]+$/.test(keys) && keys.length <= MOST_KEYS ? keys : null;
}

/** Minutes, or minutes and seconds as on a clock: `10`, `2:30`. */
export function readMinutes(text: string): number | null {
  const parts = /^(\d{1,4})(?::([0-5]\d))?$/.exec(text.trim());
  if (!parts) return null;
  const seconds = Number(parts[1]) * 60 + Number(parts[2] ?? 0);
  return seconds > 0 && seconds <= A_DAY ? seconds : null;
}

/** A penalty or a priority. */
export function readValue(text: string): number | null {
  const value = /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : NaN;
  return value <= HIGHEST ? value : null;
}

/** A label or a reason: empty is none. Null only where it is too long or carries what cannot be shown. */
export function readWords(text: string): string | null {
  const words = text.trim();
  // eslint-disable-next-line no-control-regex
  return [...words].length <= LONGEST && !/[\u0000-\u001f\u007f]/.test(words) ? words : null;
}
