import type { Details } from '../wire/Details';
import type { Verb } from '../wire/Verb';

/** What follows a verb. */
export type Follows = 'target' | 'nothing' | 'wait' | 'label' | 'digits' | 'time' | 'value' | 'queue' | 'queueReason' | 'queueValue' | 'person';

/** Whom a verb is about, when nobody is named. */
export type About = 'selected' | 'me' | 'person';

interface Shape {
  follows: Follows;
  about: About;
}

const of = (follows: Follows, about: About = 'selected'): Shape => ({ follows, about });

const SHAPES: Record<Verb, Shape> = {
  transfer: of('target'),
  transferBoth: of('target'),
  voicemail: of('target'),
  consult: of('target'),
  camp: of('target'),
  join: of('target'),
  connect: of('target'),
  invite: of('person'),
  originate: of('target', 'me'),
  park: of('wait'),
  hold: of('label'),
  take: of('nothing'),
  next: of('nothing', 'me'),
  hangUp: of('nothing'),
  swap: of('nothing'),
  complete: of('nothing'),
  goBack: of('nothing'),
  kick: of('nothing'),
  mute: of('nothing'),
  unmute: of('nothing'),
  lock: of('nothing'),
  unlock: of('nothing'),
  record: of('nothing'),
  pauseRecording: of('nothing'),
  resumeRecording: of('nothing'),
  stopRecording: of('nothing'),
  listen: of('nothing'),
  whisper: of('nothing'),
  barge: of('nothing'),
  answer: of('nothing'),
  phoneHold: of('nothing'),
  phoneResume: of('nothing'),
  withdraw: of('nothing'),
  sendDigits: of('digits'),
  limitTime: of('time'),
  setPriority: of('value'),
  queueAdd: of('queue', 'person'),
  queueRemove: of('queue', 'person'),
  queuePause: of('queueReason', 'person'),
  queueUnpause: of('queue', 'person'),
  setPenalty: of('queueValue', 'person'),
  askMailbox: of('person', 'person'),
};

export const shapeOf = (verb: Verb): Shape => SHAPES[verb];

export interface Parsed {
  /** The first word, as it was typed. */
  word: string;
  /** The verbs it can mean: one, if it is known; several, if it only begins like them. */
  verbs: Verb[];
  /** It is a word of the list, not only the beginning of one. */
  whole: boolean;
  /** Whom it is about, named before `>`. */
  from: string | null;
  /** Everything after the word, and after whom it is about. */
  rest: string;
  /** The word is behind one: there is a space after it. */
  over: boolean;
}

/** `t anna`, `t rossi > anna`, `p 3m for Anna`: a word, whom it is about where that is said, and what follows. */
export function parse(text: string, words: Readonly<Record<Verb, readonly string[]>>): Parsed {
  const typed = text.trimStart();
  const space = typed.search(/\s/);
  const word = (space < 0 ? typed : typed.slice(0, space)).toLocaleLowerCase('en');
  const after = space < 0 ? '' : typed.slice(space).trim();
  const at = after.indexOf('>');
  const from = at < 0 ? null : after.slice(0, at).trim();
  const { verbs, whole } = verbsOf(word, words);
  return { word, verbs, whole, from: from === '' ? null : from, rest: at < 0 ? after : after.slice(at + 1).trim(), over: space >= 0 };
}

function verbsOf(word: string, words: Readonly<Record<Verb, readonly string[]>>): { verbs: Verb[]; whole: boolean } {
  const all = Object.entries(words) as [Verb, readonly string[]][];
  if (word === '') return { verbs: all.map(([verb]) => verb), whole: false };
  const exact = all.filter(([, names]) => names.includes(word));
  if (exact.length > 0) return { verbs: exact.map(([verb]) => verb), whole: true };
  return { verbs: all.filter(([, names]) => names.some((name) => name.startsWith(word))).map(([verb]) => verb), whole: false };
}

/** What was said beside whom: `query` is what is left for that, `missing` what has to be said yet. */
export interface Said {
  query: string;
  details: Details;
  missing: 'digits' | 'time' | 'value' | null;
}

const DAY = 86_400;
const MOST = 100_000;

/** Times, digits and numbers out of what follows a verb. */
export function said(verb: Verb, rest: string): Said {
  switch (SHAPES[verb].follows) {
    case 'wait':
      return waiting(rest);
    case 'label':
      return { query: '', details: rest === '' ? {} : { label: rest }, missing: null };
    case 'digits':
      return digits(rest);
    case 'time':
      return limit(rest);
    case 'value': {
      const value = wholeNumber(rest);
      return { query: '', details: value === null ? {} : { value }, missing: value === null ? 'value' : null };
    }
    case 'queueValue':
      return penalty(rest);
    case 'target':
    case 'nothing':
    case 'queue':
    case 'queueReason':
    case 'person':
      return { query: rest, details: {}, missing: null };
  }
}

/** `3m for Anna`: one word may be a time, wherever it stands; the others say for whom. */
function waiting(rest: string): Said {
  const all = rest.split(/\s+/).filter(Boolean);
  const at = all.findIndex((word) => seconds(word) !== null);
  const time = at < 0 ? null : seconds(all[at] ?? '');
  const label = all.filter((_, i) => i !== at).join(' ');
  return { query: '', details: { ...(label === '' ? {} : { label }), ...(time === null ? {} : { seconds: time }) }, missing: null };
}

function digits(rest: string): Said {
  const keys = rest.replace(/\s/g, '').toUpperCase();
  const legal = /^[0-9*#A-D]{1,32}$/.test(keys);
  return { query: '', details: legal ? { digits: keys } : {}, missing: legal ? null : 'digits' };
}

/** A bare number is minutes. */
function limit(rest: string): Said {
  const time = seconds(/^\d+$/.test(rest) ? `${rest}m` : rest);
  return { query: '', details: time === null ? {} : { seconds: time }, missing: time === null ? 'time' : null };
}

function penalty(rest: string): Said {
  const all = rest.split(/\s+/).filter(Boolean);
  const value = wholeNumber(all.at(-1) ?? '');
  return { query: (value === null ? all : all.slice(0, -1)).join(' '), details: value === null ? {} : { value }, missing: value === null ? 'value' : null };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text) && Number(text) <= MOST ? Number(text) : null;
}

/** `90s`, `3m`, `3min`, `1h`, `2:30` in seconds; no more than a day. */
export function seconds(text: string): number | null {
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(text);
  const unit = /^(\d{1,5})(s|m|min|h)$/i.exec(text);
  const each: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600 };
  const time = clock ? Number(clock[1]) * 60 + Number(clock[2]) : unit ? Number(unit[1]) * (each[unit[2]?.toLowerCase() ?? ''] ?? 0) : 0;
  return time > 0 && time <= DAY ? time : null;
}

/** Every way to cut a text into the name of a queue and what follows it, the longest name first: `sales lunch` is a queue and a reason. */
export function cuts(rest: string): { name: string; more: string }[] {
  const all = rest.split(/\s+/).filter(Boolean);
  return Array.from({ length: all.length + 1 }, (_, i) => all.length - i).map((n) => ({ name: all.slice(0, n).join(' '), more: all.slice(n).join(' ') }));
}
