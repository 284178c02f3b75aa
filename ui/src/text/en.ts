/** Every word on screen. A second language is a second folder with these names. */
export * as states from './en/state';
export * as operation from './en/operation';
export * as verbs from './en/verb';
export * from './en/refusal';
export * from './en/sentence';
export * from './en/link';
export * as chrome from './en/chrome';
export * as diagnostics from './en/diagnostics';
export * as gap from './en/gap';
export * as endings from './en/ending';
export * as marks from './en/mark';
export * as persons from './en/person';
export * as queues from './en/queue';
export * as rooms from './en/room';
export * as lines from './en/trunk';
export * as lately from './en/lately';
export * as advisories from './en/advisory';
export * as parking from './en/parking';
