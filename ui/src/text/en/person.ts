import type { MailboxView } from '../../wire/MailboxView';
import type { Presence } from '../../wire/Presence';
import { listed } from './count';

export const presence: Record<Presence, string> = {
  notSet: 'not set',
  unavailable: 'unavailable',
  available: 'available',
  away: 'away',
  extendedAway: 'away a while',
  chat: 'glad to talk',
  dnd: 'do not disturb',
};

export const dnd = 'do not disturb';
/** The same where there is little room. */
export const dndShort = 'DND';

export const labels = {
  registration: 'Registration',
  voicemail: 'Voicemail',
  presence: 'Presence',
  dnd: 'Calls',
  serves: 'Serves',
};

/** Three answers, of which "the PBX has not said" is one. */
export function registration(registered: boolean | null): string {
  if (registered === null) return 'the PBX has not said';
  return registered ? 'registered' : 'no phone registered';
}

/** The same where there is little room: the number may be idle, but nothing rings there. */
export const noPhoneShort = 'no phone';

export const turnsAway = 'turned away: do not disturb';

export function fresh(n: number): string {
  return n === 1 ? '1 new voicemail message' : `${n} new voicemail messages`;
}

export function mailbox(box: MailboxView): string {
  return listed([box.fresh === 0 ? 'nothing new' : `${box.fresh} new`, box.heard > 0 && `${box.heard} heard`]);
}

/** The queues somebody serves. */
export function serves(queues: readonly { name: string; paused: boolean }[]): string {
  const names = queues.map((queue) => (queue.paused ? `${queue.name} (paused)` : queue.name));
  return `serves ${names.join(', ')}`;
}
