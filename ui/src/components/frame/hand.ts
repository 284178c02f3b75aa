import { kindOf } from '../../store/board';
import type { Seat } from '../../store/seat.svelte';
import { callOf, nameOf } from '../../store/selectors';
import { cleanOrNone } from '../../text/clean';
import { chrome, who } from '../../text/en';
import type { Ref } from '../../wire/Ref';

/** What is in the hand, by name: whoever would move, once that is known. */
export function handName(seat: Seat): string {
  const { offer, subject } = seat.move;
  if (subject === null) return '';
  if (offer?.verb === 'transfer' || offer?.verb === 'originate') return offer.party.me ? chrome.you : who(offer.party);
  return nameFor(seat, subject);
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
