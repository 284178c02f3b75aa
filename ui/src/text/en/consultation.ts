import type { ConsultationStage } from '../../wire/ConsultationStage';
import type { ConsultationView } from '../../wire/ConsultationView';
import { place, plain, strong, who, type Piece } from './piece';

export const title = 'Consultation';

/** How it stands, in two words. */
export const stage: Record<ConsultationStage, string> = {
  calling: 'calling',
  talking: 'asking',
  back: 'with the caller',
  apart: 'you are out',
  left: 'the caller has gone',
};

/** Who talks, and who waits. */
export const talks = 'with you';
export const waits = 'hears music';
export const called = 'is called';
export const alone = 'waits alone';
export const gone = 'gone';

/** What Go back does when there is no caller any more to go back to. */
export const backToTheAsked = 'to the one you asked';

/** Everything in one sentence, for the ear. */
export function sentence(view: ConsultationView): Piece[] {
  const caller = strong(who(view.caller));
  const asked = strong(place(view.to));
  switch (view.stage) {
    case 'calling':
      return [caller, plain(' hears music. '), asked, plain(' is called.')];
    case 'talking':
      return [caller, plain(' hears music. You talk to '), asked, plain('.')];
    case 'back':
      return [asked, plain(' hears music. You talk to '), caller, plain('.')];
    case 'apart':
      return [caller, plain(' hears music, and you are no longer there. '), plain('Complete sends them to '), asked, plain(', Go back rings you.')];
    case 'left':
      return [caller, plain(' is no longer there. '), asked, plain(' hears music, and Go back gets you together.')];
  }
}

export function spoken(view: ConsultationView): string {
  return sentence(view).map((piece) => piece.text).join('');
}
