/** As much of a name as fits on a tile. */
const LONGEST = 10;

/** Short names that tell PBXs apart: what all begin with is left out, then the first word, then as much as fits, at last the id. */
export function tagsOf(names: readonly string[], ids: readonly string[]): string[] {
  const words = names.map((name) => name.split(/\s+/).filter(Boolean));
  const shared = names.length > 1 ? sharedWords(words) : 0;
  const own = words.map((each) => each.slice(shared));
  const first = own.map((each) => cut(each[0] ?? ''));
  const whole = own.map((each) => cut(each.join(' ')));
  return ids.map((id, i) => [first, whole].map((tags) => unique(tags, i)).find((tag) => tag !== null) ?? id);
}

function sharedWords(words: readonly string[][]): number {
  const [head = [], ...rest] = words;
  const differs = head.findIndex((word, i) => rest.some((each) => each[i] !== word));
  const shared = differs < 0 ? head.length : differs;
  // Nobody is left without a word.
  return words.some((each) => each.length <= shared) ? 0 : shared;
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('').trimEnd()}…` : text;
}

function unique(tags: readonly string[], i: number): string | null {
  const tag = tags[i] ?? '';
  return tag !== '' && tags.filter((each) => each === tag).length === 1 ? tag : null;
}
