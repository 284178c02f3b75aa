import { changed, keysIn, type OwnKeys } from './bindings';
import { COMMANDS, type Command } from './commands';

/** Families of keys that attendants know from elsewhere. */
export type Preset = 'cordboard' | 'functionKeys' | 'numericKeypad';

type Keys = Partial<Record<Command, readonly string[]>>;

/** As in a softphone with a row of function keys: F4 blind, F5 attended, F7 hold, F8 hang up. */
const FUNCTION_KEYS: Keys = {
  commandLine: ['Ctrl J', ':'],
  dial: ['F3', 'D'],
  both: ['Shift F5', 'B'],
  complete: ['Y'],
  hold: ['F7', 'W'],
  park: ['Shift F7', 'P'],
  myCalls: ['F6', 'Alt 1'],
  next: ['F9', 'N'],
};

/** The right hand stays on the keypad: plus consults, minus hangs up, Enter takes the call. */
const NUMERIC_KEYPAD: Keys = {
  take: ['Num Enter', 'F11', 'A'],
  hangUp: ['Num -', 'F8', 'H', 'Delete'],
  consult: ['Num +', 'F5', 'C'],
  transfer: ['Ctrl Num +', 'F4', 'T'],
  dial: ['Num ,', 'F9', 'D'],
  park: ['Num *', 'F7', 'P'],
  next: ['Num /', 'F10', 'N'],
};

export const PRESETS: Readonly<Record<Preset, Keys>> = { cordboard: {}, functionKeys: FUNCTION_KEYS, numericKeypad: NUMERIC_KEYPAD };

/** What a preset makes of the keys: only what differs from the usual ones is kept. */
export function presetKeys(preset: Preset): Record<string, string[]> {
  let own: Record<string, string[]> = {};
  for (const command of COMMANDS) own = changed(own, command, PRESETS[preset][command] ?? keysIn({}, command));
  return own;
}

/** The preset that is in use; none once a key was changed. */
export function presetOf(own: OwnKeys): Preset | null {
  const all: Preset[] = ['cordboard', 'functionKeys', 'numericKeypad'];
  return all.find((preset) => COMMANDS.every((command) => keysIn(presetKeys(preset), command).join() === keysIn(own, command).join())) ?? null;
}
