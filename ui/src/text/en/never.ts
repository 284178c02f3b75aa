/** Every variant has its words: the compiler asks, and a desk newer than this window shows its tag. */
export function wordless(variant: never): string {
  return JSON.stringify(variant);
}
