import type { Connected } from '../wire/Connected';
import type { Intent } from '../wire/Intent';
import type { Offers } from '../wire/Offers';
import type { OperationId } from '../wire/OperationId';
import type { Preview } from '../wire/Preview';
import type { PbxId } from '../wire/PbxId';
import type { Profile } from '../wire/Profile';
import type { Ref } from '../wire/Ref';
import type { Refusal } from '../wire/Refusal';
import type { Settings } from '../wire/Settings';
import type { Start } from '../wire/Start';
import type { Trial } from '../wire/Trial';
import type { Host } from './host';

/** Every command of the shell by its name, with what it takes and gives; `subscribe` differs by host. */
export interface Commands {
  offers: { args: { subject: Ref }; gives: Offers };
  preview: { args: { intent: Intent }; gives: Preview };
  perform: { args: { intent: Intent }; gives: Refusal | null };
  take_back: { args: { operation: OperationId }; gives: boolean };
  dismiss: { args: { id: Ref }; gives: null };
  label: { args: { leg: Ref; text: string }; gives: boolean };
  start: { args: Record<string, never>; gives: Start };
  try_connection: { args: { profile: Profile; secret: string | null }; gives: Trial };
  connect: { args: { profile: Profile; secret: string | null; remember: boolean; replaces: PbxId | null }; gives: Connected };
  pause_connection: { args: { pbx: PbxId; paused: boolean }; gives: boolean };
  remove_connection: { args: { pbx: PbxId }; gives: boolean };
  use_practice: { args: Record<string, never>; gives: null };
  disconnect: { args: Record<string, never>; gives: null };
  save_settings: { args: { settings: Settings }; gives: null };
}

export type Call = <K extends keyof Commands>(command: K, args: Commands[K]['args']) => Promise<Commands[K]['gives']>;

/** Everything of a host except its feed, over one way to call a command. */
export function overCommands(call: Call): Omit<Host, 'subscribe'> {
  return {
    offers: (subject) => call('offers', { subject }),
    preview: (intent) => call('preview', { intent }),
    perform: (intent) => call('perform', { intent }),
    takeBack: (operation) => call('take_back', { operation }),
    dismiss: async (id) => void (await call('dismiss', { id })),
    label: (leg, text) => call('label', { leg, text }),
    start: () => call('start', {}),
    tryConnection: (profile, secret) => call('try_connection', { profile, secret }),
    connect: (profile, secret, remember, replaces) => call('connect', { profile, secret, remember, replaces }),
    pauseConnection: (pbx, paused) => call('pause_connection', { pbx, paused }),
    removeConnection: (pbx) => call('remove_connection', { pbx }),
    usePractice: async () => void (await call('use_practice', {})),
    disconnect: async () => void (await call('disconnect', {})),
    saveSettings: async (settings) => void (await call('save_settings', { settings })),
  };
}
