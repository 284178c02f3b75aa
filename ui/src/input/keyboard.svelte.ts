import { bindingsOf, sound, type Binding, type OwnKeys } from './bindings';

/** The keys of this desk as they are now: the usual ones, and what the operator has changed. */
class Keyboard {
  own: OwnKeys = $state.raw({});
  readonly bindings: readonly Binding[] = $derived(bindingsOf(this.own));

  /** From the settings; what is not fit to be a key is left out. */
  use(kept: OwnKeys | undefined): void {
    this.own = sound(kept ?? {});
  }
}

/** There is one keyboard, as there is one window. */
export const keyboard = new Keyboard();
