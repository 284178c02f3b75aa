import type { AgentState } from '../wire/AgentState';
import type { AgentView } from '../wire/AgentView';
import type { TrunkState } from '../wire/TrunkState';
import type { TrunkView } from '../wire/TrunkView';
import type { Picture } from './board';

const collator = new Intl.Collator('en', { numeric: true });

/** Trunks by name, those that are down first: folded or not they stand in the same place. */
export function trunksOf(trunks: Picture['trunk']): TrunkView[] {
  const rank = (trunk: TrunkView) => (isDown(trunk) ? 0 : 1);
  return [...trunks.values()].sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

/** Calls by this trunk fail, as far as the PBX knows. */
export function isDown(trunk: TrunkView): boolean {
  return trunk.state === 'down' || trunk.state === 'rejected';
}

export function tallyTrunks(trunks: readonly TrunkView[]): Record<TrunkState, number> {
  const tally: Record<TrunkState, number> = { unknown: 0, up: 0, down: 0, rejected: 0 };
  for (const trunk of trunks) tally[trunk.state] += 1;
  return tally;
}

/** Agents by number. */
export function agentsOf(agents: Picture['agent']): AgentView[] {
  return [...agents.values()].sort((a, b) => collator.compare(a.number, b.number) || (a.id < b.id ? -1 : 1));
}

export function tallyAgents(agents: readonly AgentView[]): Record<AgentState, number> {
  const tally: Record<AgentState, number> = { unknown: 0, loggedOff: 0, idle: 0, onCall: 0 };
  for (const agent of agents) tally[agent.state] += 1;
  return tally;
}
