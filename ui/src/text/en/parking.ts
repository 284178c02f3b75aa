export const title = 'Parked';
export const space = (number: string, lot: string) => `space ${number}, lot ${lot}`;
/** Who parked the caller gets them back when the time is up. */
export const backTo = (name: string) => `back to ${name}`;
export const toYou = 'you';
export const notKnown = 'who parked it is not known';
export const labels = { space: 'Space', since: 'Since', by: 'Parked by', until: 'Comes back' };
export const never = 'never by itself';
export const comesBack = (to: string, rest: string) => `to ${to} in ${rest}`;
/** Where the PBX has not said who parked the caller. */
export const whoever = 'whoever parked it';
/** Where a call can be let go to wait. */
export const pads = 'Let a caller wait';
export const padHint = 'anybody can fetch the call';
