import type { ConferenceView } from '../../wire/ConferenceView';
import type { SeatView } from '../../wire/SeatView';

export const open = 'open';
export const recorded = 'recorded';
export const locked = 'locked';

/** No event tells of a lock: it is as it was when the PBX was last asked. */
export function lock(room: Pick<ConferenceView, 'locked'>): string {
  if (room.locked === null) return 'whether it is locked is not known';
  return room.locked ? 'locked: nobody new comes in' : 'open: anybody may come in';
}

/** What else is true of somebody in a room, in words. */
export function seat(of: SeatView): string[] {
  return [of.waiting && 'waits for the host', of.talking && 'speaks', of.muted && 'muted', of.admin && 'host'].filter((word) => word !== false);
}
