import type { PbxId } from '../wire/PbxId';

/** What somebody wants to be otherwise with the connections. */
export type Change = { change: 'leave' } | { change: 'add' } | { change: 'edit'; pbx: PbxId };
