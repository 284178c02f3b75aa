import type { Advisory } from '../../wire/Advisory';
import type { Fault } from '../../wire/Fault';
import type { Severity } from '../../wire/Severity';
import { clean } from '../clean';

export const region = 'About this version of Asterisk';

/** What is wrong, in a few words. */
export const title: Record<Fault, string> = {
  afterBridge: 'Calls may jump back to an old place',
  lostRedirect: 'A move may not happen',
  originate: 'Any account that may call can take over the PBX',
  lateEvents: 'The board may be late',
  deadlock: 'The PBX may stand still under load',
  unknownVersion: 'This version is not known',
};

/** What it means for whoever moves calls. */
export const meaning: Record<Fault, string> = {
  afterBridge: 'A caller who was connected with somebody and then sent elsewhere may be sent back to where they were before, once that call ends.',
  lostRedirect: 'A caller who is moved while an announcement or a menu goes on may stay there. Cordboard says so when nothing is seen to happen.',
  originate: 'An account with the right to make calls can write files on the PBX. Give that right only to desks you trust.',
  lateEvents: 'Now and then the PBX tells seconds or minutes late what has happened. What is on the board may be old without looking so.',
  deadlock: 'Many questions about channels at once have brought these versions to a standstill. Cordboard asks rarely; other programs may not.',
  unknownVersion: 'Whether it loses calls or sends them to the wrong place is not known here.',
};

export const severity: Record<Severity, string> = { grave: 'grave', worth: 'worth knowing', unsure: 'not known' };

/** What helps. */
export function remedy({ fault, fixed }: Advisory): string {
  if (fault === 'unknownVersion') return '';
  return fixed ? `Repaired in Asterisk ${fixed}.` : 'Never repaired in this branch of Asterisk.';
}

/** Once for each connection, in one line. */
export function told(version: string | null, faults: readonly Advisory[]): string {
  const which = version === null ? 'This Asterisk' : `Asterisk ${clean(version)}`;
  return `${which} has known faults: ${faults.map((each) => title[each.fault].toLowerCase()).join('; ')}. The diagnostics tell more (Ctrl I).`;
}
