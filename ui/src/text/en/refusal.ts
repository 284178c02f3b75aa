import type { Refusal } from '../../wire/Refusal';
import { clean } from '../clean';
import { wordless } from './never';

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
    case 'unverified':
      return 'The PBX cannot tell whether that number exists. A caller sent to a wrong number is lost.';
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
    case 'unverified':
      return 'not verified';
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
    default:
      return wordless(why);
  }
}
