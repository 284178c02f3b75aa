import { chrome, operation as words } from '../text/en';
import type { Seat } from './seat.svelte';
import { justSent, undoOf } from './selectors';

/** Undoes the latest. A key that comes a moment after the time for it is over meant that one, and not whatever else could be undone. */
export async function undoLast(seat: Seat): Promise<void> {
  const [last] = seat.undoable();
  const late = [...seat.board.picture.operation.values()].some((each) => justSent(each, seat.clock.read()));
  if (late && (last === undefined || undoOf(last) === 'bringBack')) seat.messages.tell(words.tooLate, 'amber');
  else if (last === undefined) seat.messages.tell(chrome.hints.nothingToUndo);
  else await seat.undo(last);
}
