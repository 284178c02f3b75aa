import type { Seat } from '../store/seat.svelte';
import { chrome } from '../text/en';
import type { Ref } from '../wire/Ref';
import type { Verb } from '../wire/Verb';
import type { Command } from './commands';
import { offered, performVerb, subjectOf, type AskWhom } from './perform';

/** Commands that are a verb of the selected call, or of my only one. */
export type MoveCommand = Extract<Command, 'consult' | 'complete' | 'swap' | 'goBack' | 'voicemail' | 'join' | 'take' | 'next' | 'park' | 'hold' | 'mute' | 'record'>;

/** Takes the call in hand with this verb chosen: what follows is the target. */
export type Choose = (subject: Ref, verb: Verb) => void;

/** Does what a key asks for, or says why not; where it has to be said who is meant, `ask` does so. */
export async function runMove(command: MoveCommand, seat: Seat, choose: Choose, ask: AskWhom): Promise<void> {
  switch (command) {
    case 'consult':
      // The second time the two are connected: while one consults nothing else can be meant.
      if (await offered(seat, ['complete'])) await performVerb(seat, ['complete']);
      else chosen(seat, choose, 'consult');
      return;
    case 'voicemail':
    case 'join':
      chosen(seat, choose, command);
      return;
    case 'take':
      await performVerb(seat, ['answer', 'take'], subjectOf(seat) ?? ringing(seat));
      return;
    case 'next':
      await nextCaller(seat);
      return;
    case 'mute':
      await performVerb(seat, ['mute', 'unmute'], subjectOf(seat), ask);
      return;
    case 'record':
      await performVerb(seat, ['record', 'stopRecording']);
      return;
    case 'complete':
    case 'swap':
    case 'goBack':
    case 'park':
    case 'hold':
      await performVerb(seat, [command]);
  }
}

function chosen(seat: Seat, choose: Choose, verb: Verb): void {
  const subject = subjectOf(seat);
  if (subject === null) seat.messages.tell(chrome.hints.selectCall, 'amber');
  else choose(subject, verb);
}

/** Of all queues of all PBXs at which I have a phone: the first where somebody waits. */
async function nextCaller(seat: Seat): Promise<void> {
  const mine = [...seat.links.mine];
  for (const me of mine) {
    if (await offered(seat, ['next'], me)) {
      await performVerb(seat, ['next'], me);
      return;
    }
  }
  if (mine[0] === undefined) seat.refuse({ refusal: 'noPhone' });
  else await performVerb(seat, ['next'], mine[0]);
}

/** The one call that rings at my phone. */
function ringing(seat: Seat): Ref | null {
  const rings = [...seat.board.picture.call.values()].filter((call) => call.legs.some((leg) => leg.state === 'ringing' && seat.isMe(leg.extension)));
  return rings.length === 1 ? (rings[0]?.id ?? null) : null;
}
