import type { Verb } from '../../wire/Verb';

export const title = 'Command line';
export const label = 'A word, then whom: t anna';
export const place = 't anna   ·   c 9 0123…   ·   p 3m for Anna   ·   n';
export const suggestions = 'What could be meant';

/** What is typed for each verb: the short word first, then what else one might call it. */
export const words: Record<Verb, readonly string[]> = {
  transfer: ['t', 'transfer', 'send'],
  consult: ['c', 'consult', 'ask'],
  voicemail: ['v', 'voicemail'],
  transferBoth: ['b', 'both'],
  park: ['p', 'park'],
  hold: ['w', 'hold', 'music'],
  camp: ['camp', 'wait'],
  take: ['a', 'take', 'answer', 'pickup'],
  next: ['n', 'next'],
  originate: ['d', 'dial', 'call'],
  hangUp: ['h', 'hangup', 'end'],
  complete: ['y', 'complete', 'finish'],
  swap: ['s', 'swap'],
  goBack: ['x', 'back', 'cancel'],
  join: ['j', 'join'],
  connect: ['connect'],
  invite: ['i', 'invite'],
  kick: ['k', 'kick', 'remove'],
  mute: ['m', 'mute', 'silence'],
  unmute: ['u', 'unmute', 'unsilence'],
  record: ['r', 'record'],
  pauseRecording: ['rp', 'pauserecording'],
  resumeRecording: ['rr', 'resumerecording'],
  stopRecording: ['rs', 'stoprecording'],
  lock: ['lock'],
  unlock: ['unlock'],
  listen: ['listen', 'spy'],
  whisper: ['whisper'],
  barge: ['barge'],
  sendDigits: ['keys', 'dtmf'],
  limitTime: ['limit'],
  answer: ['pa', 'phoneanswer'],
  phoneHold: ['ph', 'phonehold'],
  phoneResume: ['pr', 'phoneresume'],
  queuePause: ['pause'],
  queueUnpause: ['unpause'],
  queueAdd: ['add'],
  queueRemove: ['leave'],
  setPenalty: ['penalty'],
  setPriority: ['priority'],
  withdraw: ['withdraw'],
  askMailbox: ['mailbox', 'messages'],
};

/** What follows a verb, on the sheet and beside a suggestion. */
export const follows = {
  target: 'whom',
  nothing: '',
  wait: '3m for Anna',
  label: 'for Anna',
  digits: '1 2 3 #',
  time: '10m',
  value: 'number',
  queue: 'queue',
  queueReason: 'queue, why',
  queueValue: 'queue number',
  person: 'whom',
};

export const hints = {
  verb: 'A word, then whom. Tab completes, Enter does it, Escape leaves.',
  target: 'Whom? A name or a number.',
  digits: 'Which keys? 0-9, * and #, A to D; 32 at most.',
  time: 'How long? 10m, 2:30, 1h; a day at most.',
  value: 'Which number? 0 to 100000.',
  queue: 'Which queue?',
  which: (n: number) => `${n} fit equally well. Choose one with the arrow keys.`,
  sure: 'Not quite what was typed. Choose it with the arrow keys, if it is meant.',
  whichCall: 'You are on several calls. Which one?',
  who: 'Who is meant?',
  anotherCall: 'It is about another call now. Read whom; Enter then says what it would do.',
};

export const problems = {
  word: (typed: string) => `There is no word “${typed}” here.`,
  nobody: (query: string) => `Nobody and nothing that fits is called “${query}”.`,
  noCall: 'You are on no call, and none is selected.',
  noPhone: 'Your own extension is not set, or the PBX does not show it. See Settings.',
  notHere: (verb: string) => `${verb} is not possible with this now.`,
  notLive: 'Not now: the board is not live.',
};

export const about = 'With';
export const asking = 'Asking…';
export const forTime = (time: string) => `for ${time}`;
/** After the sentence: `For 3:00, “Anna”.` */
export const said = (parts: readonly string[]) => (parts.length === 0 ? '' : `${parts.join(', ').replace(/^./, (first) => first.toUpperCase())}.`);
export const labelled = (label: string) => `“${label}”`;
export const results = (n: number) => (n === 1 ? '1 suggestion' : `${n} suggestions`);
export const typed = 'typed number';
export const you = 'you';
export const everywhere = 'all queues';
export const kinds = { queue: 'queue', conference: 'conference', call: 'call' };
