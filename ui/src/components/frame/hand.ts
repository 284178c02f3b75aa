import { kindOf, pbxOf } from '../../store/board';
import type { Seat } from '../../store/seat.svelte';
import { callOf, nameOf } from '../../store/selectors';
import { cleanOrNone } from '../../text/clean';
import { chrome, refusal, refusalBadge, verbs, who } from '../../text/en';
import { SHELVES } from '../../input/places';
import type { Standing } from '../../input/move.svelte';
import type { Ref } from '../../wire/Ref';
import type { Refusal } from '../../wire/Refusal';
import type { Verb } from '../../wire/Verb';

/** Verbs that take everybody on the call along. */
const TOGETHER: ReadonlySet<Verb> = new Set<Verb>(['transferBoth', 'join']);

/** What is in the hand, by name: whoever would move, once that is known. */
export function handName(seat: Seat): string {
  const { offer, subject, ambiguous } = seat.move;
  if (subject === null) return '';
  if (ambiguous) return nameFor(seat, subject);
  if (offer === null || TOGETHER.has(offer.verb)) return nameFor(seat, subject);
  return offer.party.me ? chrome.you : who(offer.party);
}

/** What letting go on this tile would do, in two or three words; also on the one that was kept for the first of both. */
export function verbHere(seat: Seat, id: Ref, standing: Standing): string | null {
  const { split, halves } = seat.move;
  if (split?.target === id) return chrome.move.kept(split.told.journeys[0] ? who(split.told.journeys[0].who) : '');
  if (standing.as !== 'legal') return null;
  if (halves) return chrome.move.keepHere;
  if (split) return chrome.move.otherHere;
  const offer = seat.move.offerAt(id);
  if (offer === null || seat.move.menu) return chrome.move.askHere;
  // Somebody let go on my own tile is called by me.
  return offer.verb === 'originate' && (seat.isMe(id) || id === SHELVES.mine) ? chrome.move.callThem : verbs.onTarget[offer.verb];
}

/** Why what is in the hand cannot go to this tile: as a sentence, and in two or three words. */
export function whyNotHere(seat: Seat, id: Ref, why: Refusal): string {
  const { subject } = seat.move;
  return subject !== null && elsewhere(seat, id) ? chrome.pbxs.across(seat.links.nameOf(subject), seat.links.nameOf(id)) : refusal(why);
}

export function badgeHere(seat: Seat, id: Ref, why: Refusal): string {
  return elsewhere(seat, id) ? chrome.pbxs.acrossBadge : refusalBadge(why);
}

function elsewhere(seat: Seat, id: Ref): boolean {
  return seat.move.subject !== null && pbxOf(seat.move.subject) !== pbxOf(id);
}

/** A name for anything on the board. */
export function nameFor(seat: Seat, id: Ref): string {
  const { picture } = seat.board;
  switch (kindOf(id)) {
    case 'call':
      return legNames(seat, id);
    case 'leg': {
      const leg = callOf(picture, id)?.legs.find((each) => each.id === id);
      return leg ? (nameOf(leg) ?? chrome.noName) : chrome.noName;
    }
    case 'extension': {
      const person = picture.extension.get(id);
      return cleanOrNone(person?.name) ?? cleanOrNone(person?.number) ?? chrome.noName;
    }
    case 'parked':
    case 'sent':
    case 'note':
    case 'camp': {
      const view = picture.parked.get(id) ?? picture.sent.get(id) ?? picture.note.get(id) ?? picture.camp.get(id);
      return view ? (nameOf(view) ?? chrome.noName) : chrome.noName;
    }
    case 'queue':
      return cleanOrNone(picture.queue.get(id)?.name) ?? chrome.noName;
    case 'conference':
      return cleanOrNone(picture.conference.get(id)?.number ?? picture.conference.get(id)?.name) ?? chrome.noName;
    case 'shelf':
      return chrome.shelfNames[id] ?? '';
    default:
      return cleanOrNone(id.split(':')[2]) ?? chrome.noName;
  }
}

function legNames(seat: Seat, id: Ref): string {
  const call = seat.board.picture.call.get(id);
  const names = call?.legs.filter((leg) => !seat.isMe(leg.extension)).map((leg) => nameOf(leg) ?? chrome.noName);
  return names?.join(' + ') || chrome.noName;
}
