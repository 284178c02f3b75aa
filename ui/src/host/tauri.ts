import { Channel, invoke } from '@tauri-apps/api/core';

import type { FeedMessage } from '../wire/FeedMessage';
import { overCommands } from './commands';
import type { Host } from './host';

/** The app's own window. */
export function tauriHost(): Host {
  return {
    ...overCommands((command, args) => invoke(command, args)),
    async subscribe(sink) {
      const channel = new Channel<FeedMessage>();
      channel.onmessage = sink;
      await invoke('subscribe', { channel });
    },
  };
}
