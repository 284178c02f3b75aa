import type { Host } from '../host/host';
import type { PbxId } from '../wire/PbxId';
import type { Remembered } from '../wire/Remembered';

/** The PBXs the program remembers, as it told last; it is asked again after every change. */
export class Connections {
  all: readonly Remembered[] = $state.raw([]);
  practice = $state(false);
  /** The desk holds a link to one of them, or to another; not known before it was asked. */
  connected: boolean | null = $state(null);
  /** The last change holds for this session only. */
  unsaved = $state(false);
  readonly #host: Host;

  constructor(host: Host, all: readonly Remembered[] = []) {
    this.#host = host;
    this.all = all;
  }

  async ask(): Promise<void> {
    const { remembered, practice, connected } = await this.#host.start();
    this.all = remembered;
    this.practice = practice;
    this.connected = connected;
  }

  async pause(pbx: PbxId, paused: boolean): Promise<void> {
    this.unsaved = !(await this.#host.pauseConnection(pbx, paused));
    await this.ask();
  }

  async remove(pbx: PbxId): Promise<void> {
    this.unsaved = !(await this.#host.removeConnection(pbx));
    await this.ask();
  }
}
