import type { Connected } from '../wire/Connected';
import type { FeedMessage } from '../wire/FeedMessage';
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

/** Whoever holds the desk: the Tauri shell, a WebSocket to a test desk, or a scripted board. Rejects only if the desk has stopped. */
export interface Host {
  subscribe(sink: (message: FeedMessage) => void): Promise<void>;
  offers(subject: Ref): Promise<Offers>;
  preview(intent: Intent): Promise<Preview>;
  perform(intent: Intent): Promise<Refusal | null>;
  /** Takes an operation back of which nothing has been sent yet. False: it is too late. */
  takeBack(operation: OperationId): Promise<boolean>;
  /** Takes away what somebody has read or wants no more: a lost caller, a row of the sent shelf, a label. */
  dismiss(id: Ref): Promise<void>;
  /** Writes on a leg for whom it waits; an empty text takes that away. False: the leg is gone. */
  label(leg: Ref, text: string): Promise<boolean>;
  start(): Promise<Start>;
  tryConnection(profile: Profile, secret: string | null): Promise<Trial>;
  /** `replaces`: the remembered PBX which this profile is from now on; null for a new one. */
  connect(profile: Profile, secret: string | null, remember: boolean, replaces: PbxId | null): Promise<Connected>;
  /** False: it holds for this session, but could not be written down. */
  pauseConnection(pbx: PbxId, paused: boolean): Promise<boolean>;
  removeConnection(pbx: PbxId): Promise<boolean>;
  usePractice(): Promise<void>;
  disconnect(): Promise<void>;
  saveSettings(settings: Settings): Promise<void>;
}
