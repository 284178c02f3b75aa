/** Everything a key can ask for. */
export type Command = (typeof GROUPED)[number]['commands'][number];

/** Which commands belong together: the cheat sheet and the settings list them so. */
export const GROUPED = [
  { group: 'moves', commands: ['pickUp', 'transfer', 'consult', 'complete', 'swap', 'goBack', 'both', 'voicemail', 'join', 'pickPerson', 'undo'] },
  { group: 'answer', commands: ['take', 'next', 'dial', 'dialNumber'] },
  { group: 'wait', commands: ['park', 'hold'] },
  { group: 'during', commands: ['hangUp', 'mute', 'record', 'menu'] },
  { group: 'navigate', commands: ['commandLine', 'search', 'myCalls', 'otherCalls', 'people', 'detail', 'cancel'] },
  { group: 'window', commands: ['help', 'settings', 'pbxs', 'gap', 'dismiss'] },
] as const;

export type Group = (typeof GROUPED)[number]['group'];

export const COMMANDS: readonly Command[] = GROUPED.flatMap(({ commands }) => commands);

/** The keys of a new desk, in the order in which they are named. */
export const DEFAULTS: Readonly<Record<Command, readonly string[]>> = {
  pickUp: ['Enter', 'Space'],
  transfer: ['F4', 'T'],
  consult: ['F5', 'C'],
  complete: ['Shift F5', 'Y'],
  swap: ['Shift F6', 'S'],
  goBack: ['Shift F8', 'E'],
  both: ['F6', 'B'],
  voicemail: ['Shift F4', 'V'],
  join: ['J'],
  pickPerson: ['Space'],
  undo: ['Z', 'Ctrl Z'],
  take: ['F11', 'A'],
  next: ['F10', 'N'],
  dial: ['F9', 'D'],
  dialNumber: ['Enter'],
  park: ['F7', 'P'],
  hold: ['Shift F7', 'W'],
  hangUp: ['F8', 'H', 'Delete'],
  mute: ['M'],
  record: ['R'],
  menu: ['Shift F10', 'ContextMenu'],
  commandLine: ['F3', 'Ctrl J', ':'],
  search: ['F2', 'Ctrl K', '/'],
  myCalls: ['Alt 1'],
  otherCalls: ['Alt 2'],
  people: ['Alt 3'],
  detail: ['Alt 4'],
  cancel: ['Escape'],
  help: ['F1', '?'],
  settings: ['Ctrl ,'],
  pbxs: ['Ctrl I'],
  gap: ['G'],
  dismiss: ['X'],
};

/** A command of a tile is asked for on a tile of its kind only. */
export const TILE_OF: Partial<Record<Command, 'call' | 'person' | 'number'>> = { pickUp: 'call', pickPerson: 'person', dialNumber: 'number' };

/** Whoever has taken away the key that puts back and closes could not get out again. */
export const FIXED: ReadonlySet<Command> = new Set<Command>(['cancel']);

export function isCommand(name: string): name is Command {
  return (COMMANDS as readonly string[]).includes(name);
}
