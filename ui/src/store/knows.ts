import type { Knows } from '../input/knows';
import type { Seat } from './seat.svelte';
import { seenAt } from './seen';
import { isAccompanied } from './selectors';

/** What a move asks the seat at which it is made. */
export function knowsOf(seat: Pick<Seat, 'board' | 'settings' | 'obvious' | 'isMe'>): Knows {
  return {
    obvious: (subject) => seat.obvious(subject),
    isMe: (id) => seat.isMe(id),
    asksFirst: () => seat.settings.transfer === 'consult',
    seen: (id) => seenAt(seat.board.picture, id),
    accompanied: (id) => isAccompanied(seat.board.picture, id, (each) => seat.isMe(each)),
  };
}
