import type { FeedMessage } from '../wire/FeedMessage';
import type { Intent } from '../wire/Intent';
import type { LinkError } from '../wire/LinkError';
import type { OperationId } from '../wire/OperationId';
import type { Outcome } from '../wire/Outcome';
import type { PbxId } from '../wire/PbxId';
import type { Profile } from '../wire/Profile';
import type { Remembered } from '../wire/Remembered';
import type { Settings } from '../wire/Settings';
import type { Start } from '../wire/Start';
import type { Trial } from '../wire/Trial';
import type { Why } from '../wire/Why';
import type { Host } from './host';
import { carryOut, consultationAnswered, sentAnswered } from './scripted/deeds';
import { offersFor, previewOf } from './scripted/rules';
import { rememberedTwo } from './scripted/several';
import { sceneNamed, tilesOfScene, type Scene } from './scripted/scenes';
import { Stage } from './scripted/stage';

/** How long the scripted PBX takes for each step, in milliseconds. */
export interface Tempo {
  accept: number;
  answer: number;
}

/** A board in the browser itself, for design work and the UI's tests: no Asterisk, no Rust. */
export class ScriptedHost implements Host {
  readonly stage: Stage;
  /** Every intent that was accepted, in order. */
  readonly performed: Intent[] = [];
  readonly saved: Settings[] = [];
  /** What it was asked to do with its connections, in order. */
  readonly changed: string[] = [];
  /** What was taken back before it was sent, in order. */
  readonly takenBack: OperationId[] = [];
  readonly #waiting = new Map<OperationId, { intent: Intent; timer: ReturnType<typeof setTimeout> }>();
  #remembered: Remembered[];
  #left = false;
  readonly #scene: Scene;
  readonly #tempo: Tempo;

  constructor(scene: Scene = 'morning', tempo: Tempo = { accept: 700, answer: 4000 }, now = Date.now()) {
    this.#scene = scene;
    this.#remembered = scene.startsWith('two') ? rememberedTwo() : [];
    this.#tempo = tempo;
    this.stage = new Stage(tilesOfScene(scene, now));
  }

  async subscribe(sink: (message: FeedMessage) => void): Promise<void> {
    this.stage.subscribe(sink);
  }

  async offers(subject: string) {
    return offersFor(this.stage.picture, subject);
  }

  async preview(intent: Intent) {
    return previewOf(this.stage.picture, intent);
  }

  async perform(intent: Intent) {
    const { refusal } = previewOf(this.stage.picture, intent);
    if (refusal) return refusal;
    this.performed.push(intent);
    const grace = intent.details?.grace ?? 0;
    if (grace > 0) this.#waits(intent, grace);
    else this.#begin(intent);
    return null;
  }

  async takeBack(operation: OperationId): Promise<boolean> {
    const waiting = this.#waiting.get(operation);
    if (!waiting) return false;
    clearTimeout(waiting.timer);
    this.#waiting.delete(operation);
    this.takenBack.push(operation);
    this.stage.operation(waiting.intent, { grace: null, outcome: { outcome: 'refused', refusal: { refusal: 'takenBack' } } });
    return true;
  }

  async dismiss(id: string): Promise<void> {
    this.changed.push(`dismiss ${id}`);
    this.stage.publish([{ change: 'remove', id, into: null }]);
  }

  async label(leg: string, text: string): Promise<boolean> {
    this.changed.push(`label ${leg} ${text}`);
    this.stage.label(leg, text);
    return true;
  }

  async start(): Promise<Start> {
    const settings: Settings = { version: 2, connections: this.#remembered.map(({ profile, paused }) => ({ profile, paused })), theme: themeAsked(), palette: paletteAsked(), density: 'comfortable', columns: [] };
    return { settings, options: null, practice: false, connected: this.#scene !== 'first' && !this.#left, secret: 'notStored', remembered: this.#remembered, kept: null };
  }

  async tryConnection(profile: Profile): Promise<Trial> {
    await new Promise((resolve) => setTimeout(resolve, this.#tempo.accept));
    const reason = trouble(profile);
    if (reason) return { trial: 'failed', reason };
    return { trial: 'works', version: '22.10.1', booting: false, blind: [] };
  }

  async connect(profile: Profile, _secret: string | null, remember: boolean, replaces: PbxId | null) {
    this.changed.push(`connect ${profile.host} for ${replaces ?? 'a new one'}`);
    this.#left = false;
    return { remembered: remember, secret: remember ? ('stored' as const) : ('session' as const) };
  }

  async why(call: string): Promise<Why> {
    const ended = this.stage.picture.ended.get(call);
    if (!ended) return { call, end: null, reason: { why: 'unknown' }, steps: [], earlier: 0, since: null };
    const who = { leg: null, name: ended.name, number: ended.number, me: false };
    const steps = [{ at: ended.started, who, what: { what: 'began' as const } }, { at: ended.ended, who, what: { what: 'hangsUp' as const } }];
    return { call, end: ended.end, reason: { why: 'hungUp', who }, steps, earlier: 0, since: ended.started };
  }

  async exportFlight(pbx: PbxId): Promise<string> {
    return `flight-${pbx}.jsonl`;
  }

  async usePractice(): Promise<void> {
    // The scripted board is its own practice.
  }

  async disconnect(): Promise<void> {
    this.#left = true;
    this.#remembered = this.#remembered.map((each) => ({ ...each, linked: false }));
  }

  async pauseConnection(pbx: PbxId, paused: boolean): Promise<boolean> {
    this.changed.push(`${paused ? 'pause' : 'resume'} ${pbx}`);
    this.#remembered = this.#remembered.map((each) => (each.profile.pbx === pbx ? { ...each, paused, linked: !paused } : each));
    this.#left = !this.#remembered.some((each) => each.linked);
    if (paused) this.stage.withdraw(pbx);
    return true;
  }

  async removeConnection(pbx: PbxId): Promise<boolean> {
    this.changed.push(`remove ${pbx}`);
    this.#remembered = this.#remembered.filter((each) => each.profile.pbx !== pbx);
    this.#left = !this.#remembered.some((each) => each.linked);
    this.stage.withdraw(pbx);
    return true;
  }

  async saveSettings(settings: Settings): Promise<void> {
    this.saved.push(settings);
  }

  /** Nothing is sent before the time to take it back is over. */
  #waits(intent: Intent, grace: number): void {
    this.stage.operation(intent, { step: 'waiting', grace: Date.now() + grace });
    const timer = setTimeout(() => {
      this.#waiting.delete(intent.id);
      this.#begin(intent);
    }, grace);
    this.#waiting.set(intent.id, { intent, timer });
  }

  #begin(intent: Intent): void {
    this.stage.operation(intent, { step: 'asked', grace: null });
    setTimeout(() => this.#carryOut(intent), this.#tempo.accept);
  }

  #carryOut(intent: Intent): void {
    const failed = doomed(intent);
    const outcome = failed ?? carryOut(this.stage, intent);
    if (outcome.outcome === 'failed' && outcome.failure.failure === 'lost') this.stage.lose(intent);
    const rings = outcome.outcome === 'done' && outcome.evidence === 'ringing';
    this.stage.operation(intent, { outcome, after: rings ? 'ringing' : null });
    if (rings) setTimeout(() => this.#answered(intent), this.#tempo.answer);
  }

  #answered(intent: Intent): void {
    if (intent.verb === 'consult') consultationAnswered(this.stage, intent);
    for (const call of this.stage.picture.call.values()) {
      if (call.phase === 'ringing' && call.legs.some((leg) => leg.id === intent.subject)) this.stage.answer(call.id);
    }
    sentAnswered(this.stage, intent.subject);
    this.stage.operation(intent, { after: 'answered' });
  }
}

/** The scripted host as the address asks for it: `?scene=lost&theme=dark`. */
export function scriptedHost(): ScriptedHost {
  return new ScriptedHost(sceneNamed(new URLSearchParams(location.search).get('scene')));
}

function themeAsked(): Settings['theme'] {
  const asked = new URLSearchParams(location.search).get('theme');
  return asked === 'dark' || asked === 'contrast' || asked === 'light' ? asked : 'system';
}

function paletteAsked(): NonNullable<Settings['palette']> {
  const asked = new URLSearchParams(location.search).get('palette');
  return asked === 'safe' || asked === 'redBusy' ? asked : 'standard';
}

/** Numbers that end badly, to see how that looks. */
function doomed(intent: Intent): Outcome | null {
  const number = intent.target?.split(':')[2] ?? '';
  if (number === '990') return { outcome: 'failed', failure: { failure: 'lost', cause: 'Normal Clearing' } };
  if (number === '991') return { outcome: 'failed', failure: { failure: 'busy' } };
  if (number === '992') return { outcome: 'expired' };
  if (number === '993') return { outcome: 'unknown', found: null };
  if (number === '995') return { outcome: 'unknown', found: { found: 'didNotHappen' } };
  if (number === '996') return { outcome: 'unknown', found: { found: 'happened', evidence: 'ringing' } };
  if (number === '994') return { outcome: 'refused', refusal: { refusal: 'noSuchExtension', number } };
  return null;
}

function trouble(profile: Profile): LinkError | null {
  const trusted = profile.protection.kind === 'plain' || profile.protection.trust.by === 'pin';
  if (profile.host === 'changed') return { error: 'keyChanged', expected: 'a1'.repeat(32), found: 'b2'.repeat(32) };
  if (profile.host === 'closed') return { error: 'connectionRefused' };
  if (profile.host === 'denied') return { error: 'wrongSecret' };
  if (!trusted) return { error: 'untrusted', sha256: '9f3c51d07be2446a8c1de0f7a95b3e6210d4c8b7a6e5f4039281706f5e4d3c2b' };
  return null;
}
