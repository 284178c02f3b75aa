export const app = 'Cordboard';
export const sendAnyway = 'Send anyway';
export const linkBack = 'The link is back: the board is live again.';
export const linkLive = 'The board is live.';
export const deskStopped = 'The desk has stopped. Close Cordboard and open it again.';
export const linkLost = (why: string) => `${why}. The picture is old; nothing can be moved until the link is back.`;

export const notReached = (why: string) => `${why}. Nothing is known of the PBX yet; it is tried again by itself.`;

export const you = 'You';
export const noName = 'Unknown caller';
export const unknown = 'unknown';
/** Where no picture has come yet. */
export const notYet = 'not known yet';
/** On a row that has left while a hand is over it. */
export const gone = 'gone';
export const extension = 'Extension';
export const extensionNamed = (number: string) => `${extension} ${number}`;

export const regions = {
  myCalls: 'My calls',
  otherCalls: 'Other calls',
  waiting: 'Waiting',
  parked: 'Parked',
  people: 'People',
  places: 'Queues and conferences',
  detail: 'Detail',
  operations: 'Moves under way',
  shelves: 'Shelves',
};

export const search = {
  hint: 'Name or number',
  label: 'Search people, or type a number',
  clear: 'Clear the search',
  none: (query: string) => `Nobody here is called “${query}”.`,
  noneKnown: (query: string) => `Nobody who is known is called “${query}”.`,
  noneHint: 'Type a whole number to dial it or to send a call there.',
  dialNumber: 'Dial',
  sendNumber: 'Send to',
  outside: 'typed number',
};

/** Numbers without a keyboard. */
export const pad = { title: 'Dial pad', back: 'Delete the last one' };

export const filter = { all: 'All', free: 'Free', busy: 'Busy', offline: 'Offline' };

export const empty = {
  myCalls: 'Nobody on your phone.',
  myCallsHint: 'A call that rings for you stands here. To call somebody, find them and press',
  otherCalls: 'No other calls.',
  otherCallsHint: 'Every call on the PBX stands here. Drag one onto a person, or press Enter on it.',
  waiting: 'Nobody waits in a queue.',
  parked: 'Nobody is parked.',
  people: 'No extensions.',
  peopleHint: 'People appear when the dialplan has hints for their numbers.',
  detail: 'Select a call or a person',
  detailHint: 'What they are doing and everything you can do next will be here.',
};

/** Nobody of a kind one has asked for; there are others. */
export const noneOf = { free: 'Nobody is free.', busy: 'Nobody is on a call.', offline: 'Everybody can be reached.' };

/** Before the PBX has spoken for the first time: nothing is claimed about anybody. */
export const unreached = {
  title: 'Who is there is not known yet.',
  hints: {
    dialing: 'People, queues and calls appear as soon as the PBX answers.',
    loading: 'People, queues and calls are being listed.',
    live: 'People, queues and calls are being listed.',
    lost: 'The PBX has not answered yet. It is tried again by itself.',
    refused: 'The PBX has not let this desk in: the line above says why.',
  },
};

export const detail = {
  legs: 'On this call',
  story: 'Story',
  moves: 'What you can do',
  calls: 'On a call',
  dialled: 'dialled',
  via: 'via',
  trunk: 'trunk',
  channel: 'channel',
  since: 'since',
  position: 'position',
  ended: 'This call has ended.',
  gone: 'This is no longer on the board.',
  inferred: 'Worked out from lists after a reconnect, not seen happening.',
  devices: 'Phones',
  context: 'Number',
  noCalls: 'Not on a call.',
  chooseTarget: 'then choose who gets it',
  holds: 'put the other on hold',
  inside: 'Inside',
  fold: 'Hide the detail',
  unfold: 'Show the detail',
};

/** Places one may let go that are no things on the PBX. */
export const shelfNames: Record<string, string> = { 'shelf::parked': 'the park shelf', 'shelf::held': 'the hold shelf', 'shelf::mine': 'your calls' };

export const move = {
  grab: (name: string) => `${name} in hand.`,
  choose: 'Let go over whatever is lit.',
  chooseKeys: 'Choose who gets it: arrows or type, Enter lets go, Esc puts it back.',
  over: 'Let go here',
  putBack: 'Put back',
  cancelled: 'Put back. Nothing was moved.',
  gone: 'That call has ended.',
  asking: 'Looking what can be done…',
  none: 'Nothing can be done with this now.',
  nothing: 'Nothing happens here.',
  shift: 'Shift: both',
  apart: 'Ctrl too: to two places',
  together: 'Both here',
  each: 'One here, the other elsewhere',
  eachShort: 'Two places',
  kept: (who: string) => `for ${who}`,
  otherHere: 'The other goes here',
  keepHere: 'The first goes here',
  chooseOther: 'Arrows or type, Enter lets go, Esc takes a step back.',
  stepBack: 'Step back',
  stepped: 'A step back: nobody has a place yet.',
  thenOther: 'Then you choose for the other.',
  undecided: 'Who goes is asked when you let go.',
  undecidedVerb: 'What should happen is asked when you let go.',
  picked: (name: string) => `${name} picked up. Choose a target: arrow keys or type a name; Enter lets go, Escape puts it back.`,
  menu: 'Who goes?',
  whom: 'Which of them?',
  menuOpen: 'Choose what should happen.',
  what: (where: string) => `What should happen at ${where}?`,
  more: 'Alt: ask me',
  moreButton: 'More…',
  chosen: (verb: string) => `${verb}:`,
  chooseVerb: 'What should happen',
  anything: 'As it falls',
  askHere: 'Choose here…',
  callThem: 'Call them',
};

/** The menu of everything that can be done with something. */
export const actionsOf = (name: string) => `What can be done with ${name}`;

export const offer = {
  originate: (who: string) => `Call ${who}`,
  undoHint: ' Three seconds to take it back; with Shift at once.',
  originateHint: 'your phone rings first',
  connect: (who: string) => `Connect ${who} with…`,
};

export const operations = {
  dismiss: 'Dismiss',
  callBack: 'Call back',
  undo: 'Undo',
  bringBack: 'Bring back',
  inSeconds: (n: number) => `in ${n} s`,
  inFlight: (n: number) => (n === 0 ? 'no move under way' : n === 1 ? '1 move under way' : `${n} moves under way`),
};

export const foot = {
  heard: (age: string) => `heard ${age} ago`,
  picture: 'Picture',
  live: 'live',
  old: (age: string) => `${age} old`,
  none: 'none yet',
  history: 'Messages',
  quiet: 'Nothing to tell.',
};

export const lost = {
  title: 'The link to the PBX is lost',
  never: 'The PBX cannot be reached',
  neverHint: 'Nothing is known of it yet. Calls there go on.',
  since: (time: string) => `What you see is how it stood at ${time}. Calls go on; nothing can be moved from here.`,
  retry: (seconds: number) => (seconds <= 0 ? 'Trying now…' : `Trying again in ${seconds} s`),
};

export const pbxs = {
  about: (name: string, words: string) => `${name}: ${words}`,
  at: (tag: string | null) => (tag === null ? '' : `, at ${tag}`),
  across: (from: string, to: string) => `No call goes from ${from} to ${to}: they are two PBXs. Nothing was moved.`,
  acrossBadge: 'another PBX',
  all: (n: number) => `${n} PBXs`,
  ofAll: (n: number, all: number) => `${n} of ${all}`,
  /** For the ear: the whole of the pill. */
  standing: (name: string, status: string) => `${name}: ${status}`,
  since: (time: string) => `since ${time}`,
  lost: 'link lost',
  lostHint: 'Calls there go on; nothing there can be moved from here.',
  dialingHint: 'Its tiles appear as soon as it answers.',
  loadingHint: 'Its calls, phones, queues and parking are being listed.',
  more: (n: number) => (n === 1 ? 'One more PBX is not live' : `${n} more PBXs are not live`),
  show: 'Show all',
};

export const dialing = { title: 'Connecting', hint: 'The board appears as soon as the PBX answers.' };
export const loading = { title: 'Reading the board', hint: 'Calls, phones, queues and parking are being listed.' };
export const refused = { change: 'Change the connection' };
export const booting = 'still starting';
export const unprotected = 'The link is not encrypted.';
export const blind = (actions: string) => `This account cannot see: ${actions}`;

export const people = {
  queued: 'waiting',
  free: 'free',
  inside: (n: number) => (n === 0 ? 'empty' : `${n} inside`),
  with: 'with',
  to: 'to',
  left: 'left',
  since: 'for',
  more: (n: number) => `+${n}`,
};

/** Kept here for those who show a key beside a word. */
export { commands } from './keys';

export const help = { title: 'Keys', close: 'Close' };

export const settings = {
  title: 'Settings',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  palette: 'Colours',
  palettes: { standard: 'Standard', safe: 'Colour-blind safe', redBusy: 'Busy is red' },
  paletteHint: {
    standard: 'Amber rings, blue talks, violet is on hold. Every state has its icon and its word in all of them.',
    safe: 'No state is told from another by red and green: each is lighter or darker than the next.',
    redBusy: 'Red talks and green is free, as on many other consoles.',
  },
  legend: 'What the colours mean',
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact', dense: 'Dense' },
  connection: 'Connection',
  connections: 'Connections',
  disconnect: 'Disconnect',
  disconnectHint: 'Back to the first page. Calls go on.',
  add: 'Add another PBX',
  edit: 'Change',
  pause: 'Pause',
  resume: 'Connect',
  remove: 'Remove',
  removeAsk: (name: string) => `Remove ${name} and forget its secret? Calls there go on.`,
  keep: 'Keep',
  paused: 'paused',
  away: 'not connected',
  notSaved: 'The settings could not be written: at the next start it will be as before.',
  diagnostics: 'Diagnostics',
  version: (v: string) => `Asterisk ${v}`,
  columns: 'Columns',
  resetColumns: 'Reset the widths',
  general: 'General',
  keys: 'Keys',
  pages: 'Pages of the settings',
  transfer: 'Transfer',
  transfers: { blind: 'At once', consult: 'Ask first' },
  transferHint: { blind: 'Your caller goes straight to whom you drop them on.', consult: 'Your caller hears music while you talk to whom you drop them on.' },
};

export const splitter = { left: 'Width of the calls', right: 'Width of the detail' };

export const connect = {
  title: 'Plug in.',
  lead: 'Cordboard needs one account on your Asterisk. It asks for little and loads the PBX hardly at all.',
  again: 'Your PBX',
  addTitle: 'One more.',
  addLead: 'A further PBX beside those on the board. Their calls stay apart.',
  editTitle: 'Change it.',
  editLead: (name: string) => `How ${name} is reached. The secret is asked for again when host, port or user change.`,
  back: 'Back to the board',
  remembered: 'Remembered PBXs',
  secretMissing: 'the secret is missing',
  words: {
    reach: 'Reach the PBX at',
    port: 'port',
    over: 'over',
    tls: 'TLS',
    plain: 'plain TCP',
    logIn: 'Log in as',
    secret: 'with the secret',
    phone: 'My phone is',
    dials: 'and I dial in the context',
    called: 'We call this PBX',
  },
  labels: { host: 'Host', port: 'Port', user: 'AMI user', secret: 'Secret', me: 'My extension', context: 'Context', name: 'Name of the PBX', protection: 'Protection' },
  places: { host: 'pbx.example.org', user: 'cordboard', secret: 'secret', me: '201', context: 'internal', name: 'Main' },
  stored: 'stored',
  tryIt: 'Try it',
  trying: 'Trying…',
  connect: 'Connect',
  connecting: 'Connecting…',
  practice: 'Practise first',
  practiceHint: 'A simulated PBX with scripted callers. Nothing rings for real.',
  remember: 'Remember the secret',
  works: 'It works.',
  worksWith: (version: string) => `It works. Asterisk ${version}.`,
  booting: 'The PBX is still starting; lists may be short for some seconds.',
  blind: 'This account will not see',
  plainWarning: 'Plain TCP to another machine: everybody on the way can read who calls whom. Use TLS if the PBX has it.',
  trust: 'Trust this key',
  trusted: 'Pinned key',
  fingerprint: 'Fingerprint (SHA-256 of its key)',
  expected: 'Expected',
  found: 'Found',
  account: 'The smallest account that works',
  accountHint: 'For manager.conf on the PBX, then: manager reload.',
  accountMore: 'Recording on demand, muting outside of a conference and pressing keys on a desk phone need system among the write rights as well.',
  kept: (path: string) => `The settings file could not be read; it was put aside as ${path}.`,
  missing: 'Fill in host, user and secret first.',
  stages: { reach: 'Network', greet: 'Greeting', key: 'Key', login: 'Login', rights: 'Rights' },
  stageWord: { idle: 'not tried', ok: 'good', failed: 'failed', trying: 'trying' },
};

export const hints = {
  nothingToUndo: 'Nothing to take back: whatever was asked has been sent, and nobody rings where they were sent.',
  selectCall: 'Select a call first: click it, or go to it with the arrow keys.',
  noGap: 'No gap to look into: nothing was missed, or it was put aside.',
  whomToDial: 'Whom? Type a name or a number, go to it, and press D.',
};
