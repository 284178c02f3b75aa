import { kindOf } from '../../store/board';
import type { Seat } from '../../store/seat.svelte';
import { callOf, nameOf } from '../../store/selectors';
import { cleanOrNone } from '../../text/clean';
import { chrome, who } from '../../text/en';
import type { Standing } from '../../input/move.svelte';
import type { Ref } from '../../wire/Ref';

/** What is in the hand, by name: whoever would move, once that is known. */
export function handName(seat: Seat): string {
  const { offer, subject, ambiguous } = seat.move;
  if (subject === null) return '';
  if (ambiguous) return nameFor(seat, subject);
  if (offer?.verb === 'transfer' || offer?.verb === 'originate') return offer.party.me ? chrome.you : who(offer.party);
  return nameFor(seat, subject);
}

/** What letting go on this tile would do, in two or three words; also on the one that was kept for the first of both. */
export function verbHere(seat: Seat, id: Ref, standing: Standing): string | null {
  const { offer, split, halves } = seat.move;
  if (split?.target === id) return chrome.move.kept(split.told.journeys[0] ? who(split.told.journeys[0].who) : '');
  if (standing.as !== 'legal' || offer === null) return null;
  if (halves) return chrome.move.keepHere;
  return split ? chrome.move.otherHere : chrome.verbOnTarget[offer.verb];
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
    case 'parked': {
      const parked = picture.parked.get(id);
      return parked ? (nameOf(parked) ?? chrome.noName) : chrome.noName;
    }
    default:
      return cleanOrNone(id.split(':')[2]) ?? chrome.noName;
  }
}

function legNames(seat: Seat, id: Ref): string {
  const call = seat.board.picture.call.get(id);
  const names = call?.legs.filter((leg) => leg.extension === null || leg.extension !== seat.me).map((leg) => nameOf(leg) ?? chrome.noName);
  return names?.join(' + ') || chrome.noName;
}
