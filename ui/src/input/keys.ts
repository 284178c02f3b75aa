/** Everything a key can ask for. */
export type Command =
  | 'search'
  | 'pickUp'
  | 'pickPerson'
  | 'transfer'
  | 'both'
  | 'hangUp'
  | 'dial'
  | 'dismiss'
  | 'myCalls'
  | 'otherCalls'
  | 'people'
  | 'detail'
  | 'pbxs'
  | 'gap'
  | 'help'
  | 'settings'
  | 'cancel';

/** `anywhere` also while a text field has focus; `board` only outside of one; `call`, `person` and `number` on a tile of that kind. */
export type Where = 'anywhere' | 'board' | 'call' | 'person' | 'number';

export interface Binding {
  /** As on the cap, modifiers first: `Ctrl K`, `Shift Enter`. */
  keys: string;
  command: Command;
  where: Where;
}

/** The whole keyboard map; the cheat sheet prints it. Function keys are the attendant's, and work inside text fields. */
export const KEYS: readonly Binding[] = [
  { keys: 'F1', command: 'help', where: 'anywhere' },
  { keys: '?', command: 'help', where: 'board' },
  { keys: 'F2', command: 'search', where: 'anywhere' },
  { keys: 'Ctrl K', command: 'search', where: 'anywhere' },
  { keys: '/', command: 'search', where: 'board' },
  { keys: 'Enter', command: 'pickUp', where: 'call' },
  { keys: 'Space', command: 'pickUp', where: 'call' },
  { keys: 'Space', command: 'pickPerson', where: 'person' },
  { keys: 'F4', command: 'transfer', where: 'anywhere' },
  { keys: 'T', command: 'transfer', where: 'board' },
  { keys: 'F6', command: 'both', where: 'anywhere' },
  { keys: 'B', command: 'both', where: 'board' },
  { keys: 'F8', command: 'hangUp', where: 'anywhere' },
  { keys: 'H', command: 'hangUp', where: 'board' },
  { keys: 'Delete', command: 'hangUp', where: 'board' },
  { keys: 'F9', command: 'dial', where: 'anywhere' },
  { keys: 'D', command: 'dial', where: 'board' },
  { keys: 'Enter', command: 'dial', where: 'number' },
  { keys: 'Alt 1', command: 'myCalls', where: 'anywhere' },
  { keys: 'Alt 2', command: 'otherCalls', where: 'anywhere' },
  { keys: 'Alt 3', command: 'people', where: 'anywhere' },
  { keys: 'Alt 4', command: 'detail', where: 'anywhere' },
  { keys: 'X', command: 'dismiss', where: 'board' },
  { keys: 'Ctrl I', command: 'pbxs', where: 'anywhere' },
  { keys: 'G', command: 'gap', where: 'board' },
  { keys: 'Ctrl ,', command: 'settings', where: 'anywhere' },
  { keys: 'Escape', command: 'cancel', where: 'anywhere' },
];

/** What has the focus when a key goes down. */
export interface Focus {
  typing: boolean;
  tile: 'call' | 'person' | 'number' | null;
}

/** The command of a key, if it has one here. */
export function commandFor(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>, focus: Focus): Command | null {
  const pressed = cap(event);
  const found = KEYS.find((binding) => binding.keys === pressed && applies(binding.where, focus));
  return found?.command ?? null;
}

/** A digit on the board begins a number: attendants dial without looking for the field. */
export function dialled(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, focus: Focus): boolean {
  return /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !focus.typing;
}

/** The first key of a command, for the badge on its button. */
export function keyOfCommand(command: Command): string {
  return KEYS.find((binding) => binding.command === command && !/^F\d/.test(binding.keys))?.keys ?? '';
}

/** All keys of a command. */
export function keysOfCommand(command: Command): string[] {
  return [...new Set(KEYS.filter((binding) => binding.command === command).map((binding) => binding.keys))];
}

/** A key event as it stands on the caps: `Ctrl K`. Shift counts only where it makes no other character. */
export function cap(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && (event.key.length > 1 || event.key === ' ') ? 'Shift ' : '';
  return `${event.ctrlKey || event.metaKey ? 'Ctrl ' : ''}${event.altKey ? 'Alt ' : ''}${shift}${key}`;
}

function applies(where: Where, focus: Focus): boolean {
  switch (where) {
    case 'anywhere':
      return true;
    case 'board':
      return !focus.typing;
    case 'call':
    case 'person':
    case 'number':
      return !focus.typing && focus.tile === where;
  }
}
