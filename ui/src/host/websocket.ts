import type { FeedMessage } from '../wire/FeedMessage';
import { overCommands } from './commands';
import type { Host } from './host';

type Heard =
  | { feed: FeedMessage }
  | { id: number; result: unknown }
  | { id: number; error: string };

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

/** A desk behind a WebSocket, so that tests can drive the real UI in a plain browser. */
export async function websocketHost(url: string): Promise<Host> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, Waiting>();
  let sink: (message: FeedMessage) => void = () => undefined;
  let last = 0;

  function call(command: string, args: unknown): Promise<unknown> {
    last += 1;
    const id = last;
    socket.send(JSON.stringify({ id, command, args }));
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  function hear(heard: Heard): void {
    if ('feed' in heard) {
      sink(heard.feed);
      return;
    }
    const asked = waiting.get(heard.id);
    waiting.delete(heard.id);
    if ('error' in heard) asked?.reject(new Error(heard.error));
    else asked?.resolve(heard.result);
  }

  socket.addEventListener('message', (event) => hear(JSON.parse(String(event.data)) as Heard));
  socket.addEventListener('close', () => {
    for (const asked of waiting.values()) asked.reject(new Error('the desk has stopped'));
    waiting.clear();
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(`no desk at ${url}`)), { once: true });
  });

  return {
    ...overCommands(call as Parameters<typeof overCommands>[0]),
    async subscribe(next) {
      sink = next;
      await call('subscribe', {});
    },
  };
}
