import type { QueueView } from '../../wire/QueueView';
import { clean } from '../clean';
import { clockMinute, seconds } from '../time';
import { listed } from './count';
import type { MemberView } from '../../wire/MemberView';

export const labels = {
  members: 'Members',
  figures: 'Figures',
  answered: 'answered',
  abandoned: 'gave up',
  holdTime: 'average wait',
  talkTime: 'average talk',
};

/** Asterisk's word for how a queue picks a member, in the operator's. */
const STRATEGIES: Record<string, string> = {
  ringall: 'rings everybody at once',
  leastrecent: 'rings who has rested longest',
  fewestcalls: 'rings who has taken fewest',
  random: 'rings anybody',
  wrandom: 'rings anybody, low penalties more often',
  rrmemory: 'rings in turn',
  rrordered: 'rings in turn, as listed',
  linear: 'rings from the top of the list',
};

export function strategy(name: string): string {
  return STRATEGIES[name] ?? clean(name);
}

/** How many wait, or who could take the next caller. */
export function standing(waiting: number, members: number, idle: number): string {
  if (waiting > 0) return `${waiting} waiting`;
  if (members === 0) return 'nobody serves';
  return free(idle);
}

export const nobodyServes = 'Nobody serves this queue.';
export const free = (n: number) => (n === 0 ? 'nobody free' : `${n} free`);
export const longest = 'longest';
export const priority = (n: number) => `priority ${n}`;
export const place = (position: string, queue: string) => `${position} in ${queue}`;

/** No event tells these: they are as the PBX told them last. */
export const asLastTold = 'Averages and service level as last told by the PBX: it does not tell each change.';
export const untold = 'The PBX has told no figures.';
export const none = '–';

/** `87 % within 20 s`; nothing where no service level is set or none was told. */
export function serviceLevel(queue: Pick<QueueView, 'serviceLevel' | 'within'>): string | null {
  if (!queue.serviceLevel || queue.within === null) return null;
  return `${Math.round(queue.within)} % answered within ${seconds(queue.serviceLevel)}`;
}

export const member = {
  paused: 'paused',
  ready: 'takes calls',
  with: (name: string) => `with ${name}`,
  inCall: 'one now',
  taken: (n: number) => (n === 0 ? 'none taken' : `${n} taken`),
  last: (at: number) => `last ${clockMinute(at)}`,
  penalty: (n: number) => `penalty ${n}`,
  ringInUse: 'rung while talking',
  dynamic: 'logged in by phone or hand',
};

/** What a member has done so far, and when it is their turn. */
export function record(of: MemberView): string {
  return listed([member.taken(of.taken), of.inCall && member.inCall, of.lastCall !== null && member.last(of.lastCall), of.penalty > 0 && member.penalty(of.penalty)]);
}
