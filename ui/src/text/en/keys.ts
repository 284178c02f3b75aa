import type { Unfit } from '../../input/bindings';
import type { Command, Group } from '../../input/commands';
import type { Preset } from '../../input/presets';

export const groups: Record<Group, string> = {
  moves: 'Moves',
  answer: 'Answer and call',
  wait: 'Let somebody wait',
  during: 'During a call',
  navigate: 'Find the way',
  window: 'The window',
};

/** What each key does, with the selected call unless it says otherwise. */
export const commands: Record<Command, string> = {
  pickUp: 'Take the call in hand; on a target: let go',
  transfer: 'Transfer at once',
  consult: 'Consult first; again: connect the two',
  complete: 'Connect the two, and leave',
  swap: 'Talk to the other one',
  goBack: 'Back to the caller, leave the other',
  both: 'Transfer both people together',
  voicemail: 'Straight to a voicemail box',
  join: 'Join with another call',
  pickPerson: 'Take this person in hand, to connect them',
  undo: 'Take the last move back, while it can be',
  take: 'Answer, or bring the caller to your phone',
  next: 'Answer whoever is next in the queues',
  dial: 'Call the person or number',
  dialNumber: 'Call the number that was typed',
  park: 'Park the caller',
  hold: 'Let the caller hear music',
  hangUp: 'Hang up the call or leg',
  mute: 'Mute, and unmute',
  record: 'Record, and stop recording',
  menu: 'Everything that can be done with this',
  commandLine: 'Command line',
  search: 'Search people or type a number',
  myCalls: 'Go to my calls',
  otherCalls: 'Go to the other calls',
  people: 'Go to the people',
  detail: 'Go to the detail',
  cancel: 'Put back; close; clear',
  help: 'All keys',
  settings: 'Settings',
  pbxs: 'PBXs and diagnostics',
  gap: 'What was found after a gap',
  dismiss: 'Dismiss the oldest failed move',
};

export const sheet = {
  title: 'Keys',
  find: 'Find a key',
  print: 'Print',
  change: 'Change the keys',
  none: (query: string) => `No key for “${query}”.`,
  unset: 'no key',
  hand: 'In the hand',
  handRules: [
    ['A call on a person, a queue or a conference', 'the caller goes there'],
    ['One name inside a call', 'exactly that person goes'],
    ['Holding Shift; Shift Enter', 'both people go together'],
    ['Holding Shift and Ctrl; Ctrl Enter', 'the first goes here, then you choose for the other'],
    ["Somebody else's call", 'who goes is asked when you let go'],
    ['A free person on another', 'connects them; the first phone rings first'],
    ['A digit, as the hand shows it', 'chooses who goes'],
    ['Outside a target, or Esc', 'nothing happens'],
  ],
  fixed: [
    ['Arrow keys', 'from tile to tile; → on a call goes to its people'],
    ['Tab', 'to the next region'],
    ['A digit on the board', 'begins a number'],
  ],
  line: 'Command line',
  lineHint: 'A word, then whom. What will happen is said before Enter does it.',
};

export const edit = {
  lead: 'Every key can be another one. Function keys, chords and the numeric keypad work while you type; letters only outside of a text field.',
  family: 'Family',
  presets: { cordboard: 'Cordboard', functionKeys: 'Function keys', numericKeypad: 'Numeric keypad' } satisfies Record<Preset, string>,
  presetHint: { cordboard: 'Letters on the board, function keys everywhere.', functionKeys: 'F3 calls, F4 transfers, F5 consults, F7 holds, F8 hangs up.', numericKeypad: 'Plus consults, minus hangs up, Enter answers, comma calls.' } satisfies Record<Preset, string>,
  ownKeys: 'Your own',
  ownHint: (n: number) => `${n} keys, as you have chosen them.`,
  press: 'Press the key…',
  addTo: (command: Command) => `Add a key: ${commands[command]}`,
  remove: (keys: string, command: Command) => `Remove ${keys}: ${commands[command]}`,
  usualOf: (command: Command) => `The usual keys: ${commands[command]}`,
  stays: 'always',
  recorded: (keys: string, command: Command) => `${keys}: ${commands[command]}.`,
};

/** Why a key cannot be had, and what would help. */
export function unfit(keys: string, why: Unfit): string {
  switch (why.unfit) {
    case 'reserved':
      return `${keys} belongs to the desktop or to text fields. Choose another key.`;
    case 'digit':
      return 'A digit begins a number on the board. Choose another key, or hold Ctrl or Alt with it.';
    case 'control':
      return `${keys} presses the button that has the focus. Choose another key.`;
    case 'taken':
      return `${keys} is taken: “${commands[why.by]}”. Remove it there first.`;
  }
}
