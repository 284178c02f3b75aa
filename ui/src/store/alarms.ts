import { advisories, net as words } from '../text/en';
import type { Ref } from '../wire/Ref';
import type { SentView } from '../wire/SentView';
import type { Folded, Picture } from './board';
import type { Tone } from './messages.svelte';

export interface Alarm {
  id: Ref;
  words: string;
  tone: Tone;
}

/** What the net has caught with this message, in words: who was lost, and who was sent and should be looked after. */
export function alarms(before: Picture, folded: Folded): Alarm[] {
  const touched = folded.touched === 'all' ? [...folded.picture.pbx.keys(), ...folded.picture.lost.keys(), ...folded.picture.sent.keys(), ...folded.picture.camp.keys()] : [...folded.touched];
  return touched.flatMap((id) => advisory(before, folded.picture, id) ?? lost(before, folded.picture, id) ?? sent(before, folded.picture, id) ?? camp(before, folded.picture, id) ?? []);
}

/** A grave fault of the PBX's version is told once for each connection; the diagnostics have the rest. */
function advisory(before: Picture, now: Picture, id: Ref): Alarm | null {
  const view = now.pbx.get(id);
  const known = new Set(before.pbx.get(id)?.advisories.map((each) => each.fault));
  const fresh = view?.advisories.filter((each) => each.severity === 'grave' && !known.has(each.fault)) ?? [];
  return view && fresh.length > 0 ? { id, words: advisories.told(view.version, fresh), tone: 'amber' } : null;
}

function lost(before: Picture, now: Picture, id: Ref): Alarm | null {
  const view = now.lost.get(id);
  return view && !before.lost.has(id) ? { id, words: words.lostAlarm(view), tone: 'loud' } : null;
}

function sent(before: Picture, now: Picture, id: Ref): Alarm | null {
  const view = now.sent.get(id);
  if (!view || !urgent(view)) return null;
  const was = before.sent.get(id);
  if (was && was.state === view.state && was.overdue === view.overdue) return null;
  return { id, words: words.sentAlert(view), tone: 'amber' };
}

function camp(before: Picture, now: Picture, id: Ref): Alarm | null {
  const view = now.camp.get(id);
  if (!view || before.camp.get(id)?.state === view.state || (view.state !== 'free' && view.state !== 'limit')) return null;
  return { id, words: words.restingAlert(view.name ?? view.number, `${words.campFor(view)}: ${words.campState[view.state]}`), tone: 'amber' };
}

function urgent(view: SentView): boolean {
  return view.overdue || view.state === 'notTaken' || view.state === 'gaveUp' || view.state === 'cameBack' || view.state === 'unknown';
}
