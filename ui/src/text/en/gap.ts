import type { GapChange } from '../../wire/GapChange';
import type { GapView } from '../../wire/GapView';
import type { GapWhat } from '../../wire/GapWhat';
import { cleanOrNone } from '../clean';
import { clockTime, lasting } from '../time';

export const title = 'Found after the gap';
export const region = 'Back after a gap';
export const dismiss = 'Put aside';
export const selects = 'show the call';
export const over = 'no longer on the board';
export const none = 'Nothing had changed.';
export const more = (n: number) => (n === 1 ? 'One more is not listed.' : `${n} more are not listed.`);

/** What became of a call while nobody looked. */
export const what: Record<GapWhat, string> = {
  interrupted: 'interrupted',
  goneWaiting: 'gone while waiting',
  gone: 'gone',
  moved: 'moved',
  new: 'new',
};

/** The same as a sentence, for whoever wants to know what the word means. */
export const meaning: Record<GapWhat, string> = {
  interrupted: 'The PBX was started anew: the call was cut off.',
  goneWaiting: 'They waited, and are gone. Nobody saw whether they were answered.',
  gone: 'The call was under way, and is gone. Nobody saw how it ended.',
  moved: 'The call is with somebody else than before, or waits, or waits no more.',
  new: 'The call began while nobody looked.',
};

export function back(gap: GapView): string {
  return `Back since ${clockTime(gap.until)}.`;
}

export function unseen(gap: GapView): string {
  const seconds = Math.max(0, Math.round((gap.until - gap.since) / 1000));
  return seconds < 120 ? `${seconds} s not seen.` : `${lasting(gap.since, gap.until)} not seen.`;
}

export function span(gap: GapView): string {
  return `Not seen from ${clockTime(gap.since)} to ${clockTime(gap.until)}.`;
}

/** That it was started anew is told first; how many it cut off is known only as far as they are listed. */
export function restarted(gap: GapView): string {
  if (!gap.restarted) return '';
  const cut = gap.changes.filter((change) => change.what === 'interrupted').length;
  if (cut === 0) return 'PBX restarted.';
  const atLeast = gap.more > 0 && cut === gap.changes.length ? 'at least ' : '';
  return `PBX restarted: ${atLeast}${cut === 1 ? '1 call' : `${cut} calls`} interrupted.`;
}

export function count(gap: GapView): string {
  const all = gap.changes.length + gap.more;
  return all === 0 ? none : all === 1 ? 'Show the 1 change' : `Show the ${all} changes`;
}

/** All of it, for the ear and for the messages. */
export function spoken(gap: GapView): string {
  const all = gap.changes.length + gap.more;
  const changes = all === 0 ? none : all === 1 ? '1 change was found.' : `${all} changes were found.`;
  return [back(gap), unseen(gap), restarted(gap), changes].filter(Boolean).join(' ');
}

/** Whom a change is about, in words: names are other people's text. */
export function who(change: GapChange, nobody: string): string {
  const caller = party(change.name, change.number) ?? nobody;
  const other = party(change.withName, change.withNumber);
  return other === null ? caller : `${caller} with ${other}`;
}

function party(name: string | null, number: string | null): string | null {
  return cleanOrNone(name) ?? cleanOrNone(number);
}
