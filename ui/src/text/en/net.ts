import type { CampView } from '../../wire/CampView';
import type { LostView } from '../../wire/LostView';
import type { SentState } from '../../wire/SentState';
import type { SentView } from '../../wire/SentView';
import type { StuckVerdict } from '../../wire/StuckVerdict';
import type { StuckWhy } from '../../wire/StuckWhy';
import { clean, cleanOrNone } from '../clean';
import { clockTime } from '../time';
import { noName } from './chrome';
import { place } from './piece';

export const titles = { sent: 'Sent', resting: 'Parked and held' };
export const empty = { sent: 'Nobody is on the way.', resting: 'Nobody is parked or held.' };

const named = (of: { name: string | null; number: string | null }) => cleanOrNone(of.name) ?? cleanOrNone(of.number) ?? noName;

/** What became of somebody who was sent. */
export const sentState: Record<SentState, string> = {
  ringing: 'rings',
  answered: 'answered',
  notTaken: 'not taken',
  gaveUp: 'hung up',
  cameBack: 'back at you',
  unknown: 'unknown',
};

export const sentTo = (view: SentView) => `→ ${place(view.to)}`;

export function sentWord(view: SentView): string {
  return view.overdue && view.state === 'ringing' ? 'no answer yet' : sentState[view.state];
}

/** For the ear, when somebody should look. */
export function sentAlert(view: SentView): string {
  const to = place(view.to);
  switch (view.state) {
    case 'ringing':
      return `${named(view)} still rings at ${to}.`;
    case 'notTaken':
      return view.alive ? `${to} did not take ${named(view)}: the caller waits in the dialplan.` : `${to} did not take ${named(view)}, and the caller was hung up.`;
    case 'gaveUp':
      return `${named(view)} hung up while ${to} rang.`;
    case 'cameBack':
      return `${named(view)} is back at your phone.`;
    case 'unknown':
      return `What became of ${named(view)} at ${to} is not known.`;
    case 'answered':
      return `${to} has answered ${named(view)}.`;
  }
}

export const recall = 'Bring back';
export const sendOn = 'Send on';
export const dismiss = 'Dismiss';

export const lost = {
  title: (view: LostView) => (view.sure ? `Lost: ${named(view)}` : `Perhaps lost: ${named(view)}`),
  where: (view: LostView) => (view.to === null ? 'was to be put aside' : `was to go to ${place(view.to)}`),
  when: (view: LostView) => `hung up at ${clockTime(view.when)}`,
  gone: (view: LostView) => `gone when the link was back at ${clockTime(view.when)}; perhaps somebody talked to them`,
  cause: (cause: string) => `the PBX says: ${clean(cause)}`,
  callBack: 'Call back',
  noNumber: 'The number is not known: nobody can be called back.',
};

/** Said at once, over everything else. */
export function lostAlarm(view: LostView): string {
  const number = cleanOrNone(view.number);
  const who = number === null || number === named(view) ? named(view) : `${named(view)}, ${number}`;
  return `${view.sure ? 'A caller is lost' : 'A caller may be lost'}: ${who}, ${lost.where(view)}.`;
}

export const campFor = (view: CampView) => `for ${place(view.target)}`;

export const campState: Record<CampView['state'], string> = {
  waiting: 'waits',
  free: 'they are free now',
  sending: 'being sent',
  limit: 'waited too long: comes back to you',
};

export const held = 'hears music';
export const forWhom = 'For whom';
export const labelPlace = 'for Anna';
export const labelled = (words: string) => `Written down: ${words}`;
export const unlabelled = 'The label is gone.';
export const notLabelled = 'That call has ended: nothing was written down.';
export const save = 'Write down';
export const soon = 'comes back soon';
export const waitsLong = 'waits long';

export function restingAlert(name: string | null, words: string): string {
  return `${cleanOrNone(name) ?? noName} ${words}.`;
}

export const stuck = {
  title: 'This cannot be as it is shown.',
  why: {
    neverUp: 'It has been ringing or dialling for longer than any phone does.',
    nothingRuns: 'It is up, but the PBX does nothing with it.',
    unannounced: 'The PBX lists it, but has never said that it began.',
  } satisfies Record<StuckWhy, string>,
  verdict: {
    suspected: 'It is being watched.',
    askedAgain: 'The PBX is being asked about it.',
    confirmed: 'The PBX says that it is really there: hang it up if nobody is on it.',
    onlyInCache: 'The PBX no longer knows it: it is only left over in a list.',
  } satisfies Record<StuckVerdict, string>,
  mark: 'cannot be as it is shown',
};
