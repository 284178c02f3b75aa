import type { Offer } from '../../wire/Offer';
import type { Verb } from '../../wire/Verb';
import { who } from './piece';

/** A verb in one or two words: on a button, in a menu, before a colon. */
export const verb: Record<Verb, string> = {
  transfer: 'Transfer',
  transferBoth: 'Transfer both',
  voicemail: 'To voicemail',
  consult: 'Ask first',
  swap: 'Swap',
  complete: 'Complete',
  goBack: 'Go back',
  park: 'Park',
  hold: 'Hold',
  camp: 'Wait for them',
  take: 'Take',
  next: 'Take the next',
  connect: 'Connect',
  join: 'Join',
  invite: 'Invite',
  answer: 'Answer',
  phoneHold: 'Phone: hold',
  phoneResume: 'Phone: resume',
  hangUp: 'Hang up',
  kick: 'Take out',
  mute: 'Mute',
  unmute: 'Unmute',
  lock: 'Lock',
  unlock: 'Unlock',
  record: 'Record',
  pauseRecording: 'Pause recording',
  resumeRecording: 'Resume recording',
  stopRecording: 'Stop recording',
  listen: 'Listen in',
  whisper: 'Whisper',
  barge: 'Barge in',
  sendDigits: 'Press keys',
  limitTime: 'Limit the time',
  originate: 'Dial',
  queueAdd: 'Add to a queue',
  queueRemove: 'Take off a queue',
  queuePause: 'Pause in a queue',
  queueUnpause: 'Unpause',
  setPenalty: 'Set the penalty',
  setPriority: 'Set the priority',
  withdraw: 'Take out of the queue',
  askMailbox: 'Count the messages',
};

/** Where there is room for one word, and the sentence beside it says the rest. */
export const short: Record<Verb, string> = {
  ...verb,
  transferBoth: 'Both',
  voicemail: 'Voicemail',
  camp: 'Wait for…',
  queueAdd: 'Add to queue',
  queueRemove: 'Take off',
  queuePause: 'Pause',
  setPenalty: 'Penalty',
  setPriority: 'Priority',
  withdraw: 'Take out',
  sendDigits: 'Keys',
  limitTime: 'Time limit',
  pauseRecording: 'Pause rec.',
  resumeRecording: 'Resume rec.',
  stopRecording: 'Stop rec.',
  askMailbox: 'Messages',
};
export const bothApart = 'Both apart';

/** The verb on a legal target while something is held over the board. */
export const onTarget: Record<Verb, string> = {
  ...verb,
  transfer: 'Send here',
  transferBoth: 'Send both here',
  voicemail: 'To their voicemail',
  consult: 'Ask first',
  park: 'Park here',
  hold: 'Hold here',
  camp: 'Wait for them',
  take: 'Take it',
  connect: 'Connect',
  join: 'Join',
  invite: 'Join them',
  originate: 'Call',
  queueAdd: 'Serves here',
  queueRemove: 'No more here',
  queuePause: 'Pause here',
  queueUnpause: 'Unpause here',
  setPenalty: 'Penalty here',
};

/** A verb and whom it means, where it is offered for several. */
export const named = (offer: Offer) => `${verb[offer.verb]} ${who(offer.party)}`;

/** What a button says of an offer: the verb, and whose call it is where that is not plain. `kind`: of what is acted on. */
export function offerLabel(offer: Offer, kind: string): string {
  const name = who(offer.party);
  switch (offer.verb) {
    case 'transfer':
      return offer.party.me ? 'Send yourself' : `Transfer ${name}`;
    case 'hangUp':
      return kind === 'leg' ? `Hang up ${name}` : kind === 'conference' ? 'Hang up everybody' : 'Hang up';
    case 'kick':
      return `Take ${name} out`;
    case 'take':
      return `Take ${name}`;
    case 'mute':
      return offer.party.me ? 'Mute yourself' : `Mute ${name}`;
    case 'unmute':
      return offer.party.me ? 'Unmute yourself' : `Unmute ${name}`;
    case 'listen':
      return `Listen to ${name}`;
    case 'whisper':
      return `Whisper to ${name}`;
    default:
      return verb[offer.verb];
  }
}

/** On a button of half a width; the whole label is said to a screen reader. */
export function shortLabel(offer: Offer, kind: string): string {
  return LONG.has(offer.verb) ? offerLabel(offer, kind) : short[offer.verb];
}

const LONG: ReadonlySet<Verb> = new Set<Verb>(['transfer', 'hangUp', 'kick', 'take', 'mute', 'unmute']);

/** Under a verb whose name does not say it all. */
export const verbHint: Partial<Record<Verb, string>> = {
  transfer: 'then choose who gets it',
  transferBoth: 'then choose where to',
  voicemail: 'then choose whose',
  consult: 'they hear music while you ask',
  camp: 'hears music until they are free',
  connect: 'then choose the other call',
  join: 'then choose the other call',
  invite: 'then choose the call',
  originate: 'your phone rings first',
  complete: 'they talk, you leave',
  swap: 'talk to the one who waits',
  goBack: 'without the one you asked',
  hold: 'music until somebody fetches it',
  barge: 'everybody hears you',
  whisper: 'only they hear you',
  listen: 'nobody hears you',
  withdraw: 'goes on in the dialplan',
};

/** Pressed on what had just become another call's buttons. */
export const moved = 'Nothing was done: the call had just become another one. Look, and press again.';

/** What is to be typed with a verb, and how. */
export const ask = {
  digits: { label: 'Keys', place: '1 2 3 * #', bad: 'Only 0-9, * and #, and A to D; 32 at most.' },
  seconds: { label: 'Minutes', place: '10', bad: 'A number of minutes, or minutes and seconds as 2:30; a day at most.' },
  value: { label: 'Number', place: '0', bad: 'A whole number, 0 to 100000.' },
  label: { label: 'For whom', place: 'for Anna', bad: '80 characters at most.' },
  reason: { label: 'Why', place: 'lunch', bad: '80 characters at most.' },
  queue: 'Queue',
  send: 'Do it',
  cancel: 'Leave it',
  optional: 'may stay empty',
};

/** Offers together, as menus and the action bar group them. */
export const groups = {
  move: 'Move',
  wait: 'Wait',
  join: 'Join',
  record: 'Record',
  supervise: 'Supervise',
  queue: 'Queue',
  consult: 'Consultation',
  phone: 'Phone',
  end: 'End',
};
