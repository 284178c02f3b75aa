import { bindingsOf, commandIn, keysIn, type Binding, type Focus, type Pressed } from './bindings';
import type { Command } from './commands';
import { keyboard } from './keyboard.svelte';

export { cap, type Binding, type Focus, type Where } from './bindings';
export type { Command } from './commands';

/** The command of a key, if it has one here. */
export function commandFor(event: Pressed, focus: Focus): Command | null {
  return commandIn(keyboard.bindings, event, focus);
}

/** A digit on the board begins a number: attendants dial without looking for the field. */
export function dialled(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, focus: Focus): boolean {
  return /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !focus.typing;
}

/** The shortest key of a command, for the badge on its button; function keys only where it has no other. */
export function keyOfCommand(command: Command): string {
  const keys = keysOfCommand(command);
  return keys.find((each) => !/F\d/.test(each) && each !== 'ContextMenu') ?? keys[0] ?? '';
}

/** All keys of a command. */
export function keysOfCommand(command: Command): readonly string[] {
  return keysIn(keyboard.own, command);
}

/** The keys of a new desk. */
export const KEYS: readonly Binding[] = bindingsOf();
