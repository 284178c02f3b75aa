import type { Missing } from '../../wire/Missing';
import type { Refusal } from '../../wire/Refusal';
import { clean } from '../clean';
import { wordless } from './never';

/** What the house lacks, and where it is set. */
const missing: Record<Missing, string> = {
  music: 'This PBX has no number with music yet: an administrator sets it in Settings.',
  voicemail: 'The way to the voicemail boxes is not set: an administrator sets it in Settings.',
  conference: 'No conference number is set in Settings, or none is empty.',
  obedientPhones: 'The phones here are not told what to do: Settings says whether they obey.',
  listening: 'Listening in is not allowed at this desk: see Settings.',
};

/** Why not, in one sentence that says what would help. */
export function refusal(why: Refusal): string {
  switch (why.refusal) {
    case 'notLive':
      return 'Not now: the board is not live, so nobody can know what the move would do.';
    case 'gone':
      return 'That call has ended. Nothing was moved.';
    case 'movedOn':
      return 'The call has changed since you took it: answered elsewhere, joined or left. Nothing was moved.';
    case 'pending':
      return 'Another move of this call is still under way.';
    case 'notPermitted':
      return `This account may not do that: the PBX does not allow ${clean(why.action)}. Ask its administrator.`;
    case 'samePerson':
      return 'They are on this call already.';
    case 'targetOffline':
      return 'No phone is registered there.';
    case 'noSuchExtension':
      return `The PBX has no number ${clean(why.number)}.`;
    case 'noSuchMailbox':
      return `There is no voicemail box ${clean(why.mailbox)}: a caller sent there would be cut off. Nothing was moved.`;
    case 'unverified':
      return 'The PBX cannot tell whether there is anything at that number. A caller sent to a wrong number is lost.';
    case 'ringsAlready':
      return 'That phone rings already, for a call that was asked for just before: answer it, or hang it up, first.';
    case 'badNumber':
      return 'That is no number one can dial.';
    case 'noWayIn':
      return 'The number that leads into this conference is not known yet.';
    case 'notAPair':
      return 'Only two people who hear each other can be moved together.';
    case 'notMovable':
      return 'This one cannot be moved now: the phone still rings. Move the caller instead.';
    case 'whichLeg':
      return 'More than one person could be meant: take the one who should move.';
    case 'noPhone':
      return 'Your own extension is not set, or the PBX does not show it. See Settings.';
    case 'notATarget':
      return 'It takes no calls of this kind.';
    case 'tooLate':
      return 'That was too long ago to be still meant. Do it again.';
    case 'notSetUp':
      return missing[why.what];
    case 'alreadySo':
      return 'It is so already.';
    case 'nobodyWaits':
      return 'Nobody waits.';
    case 'noConsultation':
      return 'No consultation is under way with this call.';
    case 'notInThisState':
      return 'Not possible as the call stands now.';
    case 'staticMember':
      return 'This member stands in queues.conf on the PBX: only its administrator can take it out.';
    case 'targetFree':
      return 'They are free: send the call instead.';
    case 'badDetails':
      return 'What was typed with it cannot be used.';
    case 'lotFull':
      return `The parking lot ${clean(why.lot)} is full: a caller parked there now would be cut off.`;
    case 'noSuchLot':
      return 'No such parking lot is known on this PBX: a caller parked there would be lost.';
    case 'roomLocked':
      return 'The room is locked: a caller sent there would be turned away and cut off.';
    case 'takenBack':
      return 'Taken back. Nothing was sent.';
    default:
      return wordless(why);
  }
}

/** The same in two or three words, for a badge on a target. */
export function refusalBadge(why: Refusal): string {
  switch (why.refusal) {
    case 'notLive':
      return 'not live';
    case 'gone':
      return 'call ended';
    case 'movedOn':
      return 'call changed';
    case 'pending':
      return 'move under way';
    case 'notPermitted':
      return 'not allowed';
    case 'samePerson':
      return 'on this call';
    case 'targetOffline':
      return 'offline';
    case 'noSuchExtension':
      return 'no such number';
    case 'noSuchMailbox':
      return 'no voicemail';
    case 'unverified':
      return 'not verified';
    case 'ringsAlready':
      return 'rings already';
    case 'badNumber':
      return 'no number';
    case 'noWayIn':
      return 'no way in';
    case 'notAPair':
      return 'no pair';
    case 'notMovable':
      return 'cannot move';
    case 'whichLeg':
      return 'which one?';
    case 'noPhone':
      return 'no phone set';
    case 'notATarget':
      return 'takes no calls';
    case 'tooLate':
      return 'too late';
    case 'notSetUp':
      return 'not set up';
    case 'alreadySo':
      return 'already so';
    case 'nobodyWaits':
      return 'nobody waits';
    case 'noConsultation':
      return 'no consultation';
    case 'notInThisState':
      return 'not now';
    case 'staticMember':
      return 'fixed member';
    case 'targetFree':
      return 'is free';
    case 'badDetails':
      return 'mistyped';
    case 'lotFull':
      return 'lot is full';
    case 'noSuchLot':
      return 'no such lot';
    case 'roomLocked':
      return 'locked';
    case 'takenBack':
      return 'taken back';
    default:
      return wordless(why);
  }
}
