export const title = 'Lately';
export const none = 'No call has ended yet.';
export const missed = 'missed';
export const missedCount = (n: number) => `${n} missed`;
export const to = (name: string) => `to ${name}`;
export const toNobody = 'to nobody yet';
export const callBack = (name: string) => `Call ${name} back`;
export const noNumber = 'The caller’s number is not known.';

export const labels = {
  from: 'From',
  to: 'To',
  dialled: 'Dialled',
  trunk: 'Trunk',
  began: 'Began',
  talked: 'Talked',
  ended: 'Ended',
  how: 'How',
};

export const neverTalked = 'with nobody';
export const call = 'The call';
