import { COMMANDS, DEFAULTS, FIXED, isCommand, TILE_OF, type Command } from './commands';

/** `anywhere` also while a text field has focus; `board` only outside of one; `call`, `person` and `number` on a tile of that kind. */
export type Where = 'anywhere' | 'board' | 'call' | 'person' | 'number';

export interface Binding {
  /** As on the cap, modifiers first: `Ctrl K`, `Shift Enter`, `Num +`. */
  keys: string;
  command: Command;
  where: Where;
}

/** The keys an operator has chosen: those of a command that is not in here are the usual ones. */
export type OwnKeys = Readonly<Record<string, readonly string[] | undefined>>;

/** What has the focus when a key goes down. */
export interface Focus {
  typing: boolean;
  /** In a form the keypad types and sends, whatever it does elsewhere. */
  form?: boolean;
  tile: 'call' | 'person' | 'number' | null;
}

export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { code?: string };

/** Why a key cannot be a command's. */
export type Unfit = { unfit: 'reserved' } | { unfit: 'digit' } | { unfit: 'control' } | { unfit: 'taken'; by: Command };

const NUMPAD: Record<string, string> = {
  NumpadAdd: 'Num +',
  NumpadSubtract: 'Num -',
  NumpadMultiply: 'Num *',
  NumpadDivide: 'Num /',
  NumpadDecimal: 'Num ,',
  NumpadComma: 'Num ,',
  NumpadEnter: 'Num Enter',
};

/** What the desktop, the text fields and the tiles need for themselves. */
const RESERVED = new Set([
  'CapsLock', 'NumLock', 'ScrollLock', 'PrintScreen', 'Pause', 'Dead', 'Process', 'Unidentified', 'Ctrl A', 'Ctrl C', 'Ctrl V', 'Ctrl X', 'Ctrl Y', 'Ctrl N', 'Ctrl Q', 'Ctrl R', 'Ctrl T', 'Ctrl W', 'Ctrl +', 'Ctrl -', 'Ctrl 0',
  'Alt F4', 'Alt Space', 'Alt Enter', 'Ctrl Enter', 'Shift Enter', 'Shift Space', 'Ctrl Space', 'F12',
]);
/** With whatever is held: they walk, mark and delete in a text field, or lead from one control to the next. */
const EDITS = /(^| )(Escape|Tab|Backspace|Home|End|PageUp|PageDown|ArrowUp|ArrowDown|ArrowLeft|ArrowRight)$/;
const HELD = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'OS', 'Fn', 'Super', 'Hyper']);

/** A key event as it stands on the caps: `Ctrl K`. Shift counts only where it makes no other character. */
export function cap(event: Pressed): string {
  const key = NUMPAD[event.code ?? ''] ?? plainKey(event);
  const shift = event.shiftKey && (key.length > 1 || event.key === ' ') ? 'Shift ' : '';
  return `${held(event)}${shift}${key}`;
}

/** A key of the numeric keypad where it has no meaning of its own: the same as on the main block. */
function likeMain(event: Pressed): string | null {
  if (NUMPAD[event.code ?? ''] === undefined || event.key === 'Delete') return null;
  return `${held(event)}${event.shiftKey && event.key.length > 1 ? 'Shift ' : ''}${plainKey(event)}`;
}

function plainKey({ key }: Pressed): string {
  return key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
}

function held(event: Pressed): string {
  return `${event.ctrlKey || event.metaKey ? 'Ctrl ' : ''}${event.altKey ? 'Alt ' : ''}`;
}

/** The whole keyboard map, with what the operator has changed of it. */
export function bindingsOf(own: OwnKeys = {}): Binding[] {
  return COMMANDS.flatMap((command) => keysIn(own, command).map((keys) => ({ keys, command, where: whereOf(command, keys) })));
}

/** All keys of a command. */
export function keysIn(own: OwnKeys, command: Command): readonly string[] {
  return (FIXED.has(command) ? undefined : own[command]) ?? DEFAULTS[command];
}

/** Function keys, the numeric keypad and chords work inside text fields; a bare character, and what a field needs to be edited, does not. */
export function whereOf(command: Command, keys: string): Where {
  const tile = TILE_OF[command];
  if (tile) return tile;
  const bare = [...keys].length === 1 || keys === 'Space' || keys === 'Ctrl Z' || /^(Shift |Ctrl |Alt )*(Delete|Insert|Enter)$/.test(keys);
  return bare ? 'board' : 'anywhere';
}

export function commandIn(bindings: readonly Binding[], event: Pressed, focus: Focus): Command | null {
  for (const keys of [cap(event), likeMain(event)]) {
    if (focus.form === true && keys?.includes('Num ')) continue;
    const found = bindings.find((binding) => binding.keys === keys && applies(binding.where, focus));
    if (found) return found.command;
  }
  return null;
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

/** Only keys of two different kinds of tile never meet. */
function meet(a: Where, b: Where): boolean {
  const tiles = ['call', 'person', 'number'];
  return a === b || !tiles.includes(a) || !tiles.includes(b);
}

/** Whether a key that was pressed is one at all, or only held for the next. */
export function isKey(event: Pressed): boolean {
  return !HELD.has(event.key);
}

/** Why this key cannot be this command's, as the map stands; nothing if it can. */
export function unfit(own: OwnKeys, command: Command, keys: string): Unfit | null {
  if (/^[0-9]$/.test(keys)) return { unfit: 'digit' };
  if ((keys === 'Enter' || keys === 'Space') && TILE_OF[command] === undefined) return { unfit: 'control' };
  if (RESERVED.has(keys) || EDITS.test(keys) || /\p{Cc}/u.test(keys)) return { unfit: 'reserved' };
  const where = whereOf(command, keys);
  const taken = bindingsOf(own).find((binding) => binding.command !== command && binding.keys === keys && meet(binding.where, where));
  return taken ? { unfit: 'taken', by: taken.command } : null;
}

/** The operator's keys with one command changed; as usual again, it is no longer kept. */
export function changed(own: OwnKeys, command: Command, keys: readonly string[]): Record<string, string[]> {
  const usual = DEFAULTS[command];
  const same = keys.length === usual.length && keys.every((each, i) => each === usual[i]);
  return Object.fromEntries(Object.entries({ ...own, [command]: same ? undefined : keys }).flatMap(([name, list]) => (list === undefined ? [] : [[name, [...list]]])));
}

/** The keys that can be used out of a settings file somebody may have written by hand: no key twice, none that is not free. */
export function sound(kept: OwnKeys): Record<string, string[]> {
  let own: Record<string, string[]> = {};
  const wanted = Object.entries(kept).flatMap(([name, list]) => (list !== undefined && isCommand(name) && !FIXED.has(name) ? [[name, list] as const] : []));
  // What is taken from one command may be another's: first everybody lets go.
  for (const [command] of wanted) own = { ...own, [command]: [] };
  for (const [command, list] of wanted) {
    for (const keys of new Set(list)) {
      const mine = own[command] ?? [];
      if (unfit(own, command, keys) === null) own = { ...own, [command]: [...mine, keys] };
    }
  }
  return own;
}
