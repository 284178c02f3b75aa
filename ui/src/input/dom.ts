import type { Ref } from '../wire/Ref';
import type { Point } from './drag';
import type { Focus } from './keys';

/** Where a menu opens that no pointer has asked for. */
export function under(tile: Element | null): Point {
  const box = tile?.getBoundingClientRect();
  return box ? { x: box.left + 12, y: box.bottom - 4 } : { x: 40, y: 80 };
}

const TILES: Record<string, Focus['tile']> = { call: 'call', leg: 'call', parked: 'call', sent: 'call', note: 'call', camp: 'call', extension: 'person', number: 'number' };

export function focusOf(target: EventTarget | null): Focus {
  const kind = target instanceof HTMLElement ? target.dataset['kind'] : undefined;
  const typing = isTyping(target);
  return { typing, form: typing && target instanceof Element && target.closest('form') !== null, tile: kind === undefined ? null : (TILES[kind] ?? null) };
}

/** Enter goes on being held on a button: browsers press it again and again, an operator means it once. */
export function heldOnButton(event: KeyboardEvent): boolean {
  return event.repeat && event.key === 'Enter' && event.target instanceof Element && event.target.closest('button, summary') !== null;
}

/** What a browser does by itself with such a key, as to load the page anew, has no place at a switchboard. */
export function isFunctionKey(event: KeyboardEvent): boolean {
  return /^F([1-9]|1[01])$/.test(event.key) && !event.altKey;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** The tile that has the focus itself; a button inside of one keeps its own Enter. */
export function grabOf(target: EventTarget | null): Ref | null {
  return target instanceof HTMLElement ? (target.dataset['grab'] ?? null) : null;
}

export function targetOf(target: EventTarget | null): Ref | null {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-target]')?.dataset['target'] ?? null) : null;
}

/** What a click means: the whole tile, also where it hits one of its names. */
export function tileOf(target: EventTarget | null): Ref | null {
  if (!(target instanceof Element) || target.closest('[data-nograb], button')) return null;
  const tile = target.closest<HTMLElement>('[data-rove]');
  return tile ? (tile.dataset['id'] ?? null) : idOf(target);
}

export function idOf(target: EventTarget | null): Ref | null {
  if (!(target instanceof Element) || target.closest('[data-nograb], button')) return null;
  const tile = target.closest<HTMLElement>('[data-id]');
  return tile?.dataset['kind'] === 'operation' ? null : (tile?.dataset['id'] ?? null);
}
